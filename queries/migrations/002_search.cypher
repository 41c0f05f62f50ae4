// Full text over what each mention says, already folded by the program: the analyser only splits and lower-cases,
// so that Turkish letters are not treated twice.
CREATE FULLTEXT INDEX search_mentions IF NOT EXISTS FOR (m:Mention) ON EACH [m.search]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace', `fulltext.eventually_consistent`: false}};
