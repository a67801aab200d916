-- What do titles of activities name, and by which word?
--
-- column topic          text  one row per title that holds a word of data/rules/subjects.toml
-- column business_word  text  the first word of the organ's business in it; empty where there is none
-- column party_word     text  the first word of party life in it; empty where there is none
with topics as (
    select distinct topic from raw.standing_activities where topic is not null
),

named as (
    select
        topics.topic,
        min(case when words.subject = 'business' then words.position end) as business,
        min(case when words.subject = 'party' then words.position end) as party
    from topics
    join raw.subject_words as words on strpos(topics.topic, words.word) > 0
    group by topics.topic
)

select
    named.topic,
    business.word as business_word,
    party.word    as party_word
from named
left join raw.subject_words as business on business.subject = 'business' and business.position = named.business
left join raw.subject_words as party on party.subject = 'party' and party.position = named.party
