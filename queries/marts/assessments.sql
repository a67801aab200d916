-- When was each unit assessed, with which score and which outcome?
--
-- column unit         text    one row per assessment of a unit on a day, and per kind of outcome on a day
-- column assessed_on  date    the day it was rated or recorded; else the first day of its quarter
-- column quarter      date    first day of the quarter that it is about
-- column kind         text    ongoing, stage, special or annual; empty where the sheet does not say
-- column score        double  points, summed over its criteria, the mean over its raters; empty for an outcome
-- column outcome      text    reward, deduction, grade, talk or rectify; empty for a score
-- column times        integer  how many there were
with rated as (
    select
        unit,
        quarter,
        coalesce(rated_on, quarter)             as assessed_on,
        assessment,
        criterion,
        avg(score)                              as score
    from facts.scores
    group by unit, quarter, coalesce(rated_on, quarter), assessment, criterion
)

select
    unit,
    assessed_on,
    quarter,
    assessment              as kind,
    sum(score)              as score,
    cast(null as varchar)   as outcome,
    1                       as times
from rated
group by unit, assessed_on, quarter, assessment
union all
select
    unit,
    coalesce(recorded_on, happened_on, quarter),
    quarter,
    cast(null as varchar),
    cast(null as double),
    direction,
    count(*)
from facts.adjustments
group by unit, coalesce(recorded_on, happened_on, quarter), quarter, direction
