-- What do titles of activities name, and by which word?
--
-- column topic          text  one row per title that holds a word of the list business or party
-- column business_word  text  the first word of the organ's business in it; empty where there is none
-- column party_word     text  the first word of party life in it; empty where there is none
with topics as (
    select distinct topic from facts.activities where topic is not null
),

named as (
    select
        topics.topic,
        min(case when dictionary.name = 'business' then dictionary.position end) as business,
        min(case when dictionary.name = 'party' then dictionary.position end)    as party
    from topics
    join facts.dictionary as dictionary on strpos(topics.topic, dictionary.word) > 0
    where dictionary.name in ('business', 'party')
    group by topics.topic
)

select
    named.topic,
    business.word as business_word,
    party.word    as party_word
from named
left join facts.dictionary as business on business.name = 'business' and business.position = named.business
left join facts.dictionary as party on party.name = 'party' and party.position = named.party
