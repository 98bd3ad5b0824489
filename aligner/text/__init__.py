"""Text: what every other package needs to know of a character, a word or a short form, once each.

- `aligner.text.han`: Han characters; Simplified and Traditional.
- `aligner.text.surrogates`: half characters, which no file can hold.
- `aligner.text.lemma`: the singular of English words and terms; British and American spelling.
- `aligner.text.abbreviations`: short forms that a text defines, in either language.
- `aligner.text.headings`: headings of structured abstracts, with the section they open.
- `aligner.text.addresses`: addresses, DOIs, registration numbers and tags.
- `aligner.text.joining`: how sentences and lists are joined into one text, and parted again.

The modules import each other and `aligner.languages`, nothing else of this package.
"""
