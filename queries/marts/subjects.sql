-- What do titles of activities name, and by which word?
--
-- column topic          text  one row per title that holds a word of data/rules/subjects.toml
-- column business_word  text  the first word of the organ's business in it; empty where there is none
-- column party_word     text  the first word of party life in it; empty where there is none
select
    topic,
    business_word,
    party_word
from facts.subjects
