import type { Enquiry } from '../grants/enquiry.ts'
import type { Language } from '../http/language.ts'
import { inLanguage } from '../http/page.tsx'
import { enquiryWords } from './enquiry-words.ts'
import { deskWords } from './words.ts'

/** Each is asked about by itself. */
const numbersShownMax = 10

/** The letter to the holders, ready to be copied. */
export function EnquiryText({ lang, enquiry }: { lang: Language; enquiry: Enquiry }) {
  const say = deskWords[lang]
  return (
    <section>
      <h2>{say.enquiry}</h2>
      <p>{say.enquiryLead}</p>
      <p>
        <b>{say.enquiryTo}</b> {enquiry.holders.map(({ name }) => name[lang]).join(say.and)}
        <br />
        <b>{say.enquirySubject}</b> {enquiry.subject[lang]}
      </p>
      <pre class="pick" tabindex={0}>
        {enquiry.text[lang]}
      </pre>
      <ul>
        {enquiry.numbers.slice(0, numbersShownMax).map((number) => (
          <li>
            <a
              href={inLanguage(
                lang,
                `/me/enquiries/new?${new URLSearchParams({ number, subject: 'beyond_terms', message: enquiry.text[lang] })}`,
              )}
            >
              {enquiryWords[lang].ask} <span class="num">{number}</span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}
