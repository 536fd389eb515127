import type { Enquiry } from '../grants/enquiry.ts'
import type { Language } from '../http/language.ts'
import { deskWords } from './words.ts'

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
    </section>
  )
}
