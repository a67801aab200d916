-- When was each unit assessed, with which score and which outcome?
--
-- column unit         text    one row per unit, quarter and kind of assessment, and per kind of outcome on a day
-- column assessed_on  date    the last day it was rated, or the day it was recorded; else the first day of its quarter
-- column quarter      date    first day of the quarter that it is about
-- column kind         text    ongoing, stage, special or annual; empty where the sheet does not say
-- column score        double  points: the total that the sheet gives, else the sum of the criteria; means over raters; empty for an outcome
-- column outcome      text    reward, deduction, grade, talk or rectify; empty for a score
-- column times        integer  how many there were
with rated as (
    select
        unit,
        quarter,
        assessment,
        criterion,
        is_total,
        max(coalesce(rated_on, quarter)) as assessed_on,
        avg(score)                       as score
    from facts.scores
    group by unit, quarter, assessment, criterion, is_total
)

select
    unit,
    max(assessed_on)        as assessed_on,
    quarter,
    assessment              as kind,
    coalesce(max(score) filter (where is_total), sum(score) filter (where not is_total)) as score,
    cast(null as varchar)   as outcome,
    1                       as times
from rated
group by unit, quarter, assessment
union all
select
    unit,
    coalesce(known_on, quarter),
    quarter,
    cast(null as varchar),
    cast(null as double),
    direction,
    count(*)
from facts.adjustments
group by unit, coalesce(known_on, quarter), quarter, direction
