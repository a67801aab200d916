-- Which words decide whether a topic is small or large?
--
-- column topic  text  one row per topic and word found in it; topics of kinds whose subject the unit chooses
-- column name   text  small or broad
-- column word   text
with topics as (
    select distinct activities.topic
    from facts.activities as activities
    join facts.types as types on types.type = activities.type
    where types.discretionary and activities.topic is not null
)

select
    topics.topic,
    dictionary.name,
    dictionary.word
from topics
join facts.dictionary as dictionary on strpos(topics.topic, dictionary.word) > 0
where dictionary.name in ('small', 'broad')
