/** What colours of the style sheet a picture takes: by variable on a page, by value where it stands alone. */
type Colours = Readonly<
  Record<'paper' | 'ink' | 'faint' | 'line' | 'edge' | 'wash' | 'indigo' | 'moss' | 'ochre', string>
>

/**
 * Rules for pictures drawn as SVG. Text is ink on at most two fifths of indigo (contrast 4.5:1 and more); what is open is
 * moss and hatched or a bar, so that nothing hangs on colour alone.
 */
export function pictureRules({ paper, ink, faint, line, edge, wash, indigo, moss, ochre }: Colours): string {
  return `.pic{display:block;width:100%;height:auto}.pic text{fill:${ink};font-size:12px}.pic .d{fill:${faint};font-size:11px}
.pic .b{font-weight:600}.pic .k{paint-order:stroke;stroke:${paper};stroke-width:3px;stroke-linejoin:round}.pic .m{text-anchor:middle}.pic .r{text-anchor:end}
.pic .l{stroke:${line};fill:none}.pic .e{stroke:${edge};fill:none}.pic .w{fill:${wash};stroke:${edge}}.pic .p{fill:${paper}}
.pic .i{fill:${indigo}}.pic .c{stroke:${indigo};fill:none;stroke-width:1.5}.pic .o{fill:${moss}}.pic .h{stroke:${moss}}.pic .a{fill:${ochre}}.pic .n{fill:${faint}}`
}

export const pictureRulesOnPages = `${pictureRules(onPages())}
.pic a{text-decoration:none}.pic a:hover .w,.pic a:hover .g,.pic a:focus .g{stroke:var(--indigo);stroke-width:2}.wide{min-width:46rem}`

/** The values of `style.ts` in daylight and at night. */
export const daylight: Colours = {
  paper: '#fcfbf8',
  ink: '#1c2025',
  faint: '#555a60',
  line: '#d8d3c8',
  edge: '#8a857a',
  wash: '#f4f1ea',
  indigo: '#1f3f73',
  moss: '#3f5f1e',
  ochre: '#7d5200',
}

export const night: Colours = {
  paper: '#15181c',
  ink: '#e7e4dd',
  faint: '#adb1b5',
  line: '#373c43',
  edge: '#7d838a',
  wash: '#1c2025',
  indigo: '#a3c0ee',
  moss: '#a9ca80',
  ochre: '#e2b760',
}

function onPages(): Colours {
  return {
    paper: 'var(--paper)',
    ink: 'var(--ink)',
    faint: 'var(--faint)',
    line: 'var(--line)',
    edge: 'var(--edge)',
    wash: 'var(--wash)',
    indigo: 'var(--indigo)',
    moss: 'var(--moss)',
    ochre: 'var(--ochre)',
  }
}
