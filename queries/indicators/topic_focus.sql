-- Which words make the topics small or large, and how many topics are which?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
-- param  types  names  kinds of activity counted
--
-- column word      text     words that decided, at most nine of each list
-- column part      text     small or broad: the list of the word
-- column held      integer  activities whose topic has the word
-- column concrete  integer  activities whose topic has a small word; the same in each row
-- column broad     integer  activities whose topic has broad words only; the same in each row
-- column n         integer  activities with a topic, of kinds whose subject the unit chooses; the same in each row
with judged as (
    select activity, topic
    from marts.activities
    where month between $start and $until
        and unit in (select unnest($units))
        and type in (select unnest($types))
        and is_discretionary
        and topic is not null
),

topics as (
    select topic, bool_or(name = 'small') as is_small
    from marts.topic_words
    group by topic
),

totals as (
    select
        count(*)                                                   as n,
        count(*) filter (where topics.is_small)                    as concrete,
        count(*) filter (where not topics.is_small)                as broad
    from judged
    left join topics on topics.topic = judged.topic
),

words as (
    select topic_words.word, topic_words.name as part, count(*) as held
    from judged
    join marts.topic_words as topic_words on topic_words.topic = judged.topic
    group by topic_words.word, topic_words.name
    qualify row_number() over (partition by topic_words.name order by count(*) desc, topic_words.word) <= 9
)

select words.word, words.part, words.held, totals.concrete, totals.broad, totals.n
from totals
left join words on true
where totals.n > 0
order by words.part desc, words.held desc, words.word
