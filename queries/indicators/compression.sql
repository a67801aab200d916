-- How far do the scores within each organ differ, compared with what organs usually have?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
--
-- column unit        text     the organ, in the order of the register; its latest year in the span
-- column year        integer
-- column scale       text     spread
-- column value       double   standard deviation of its units' yearly scores ÷ that of the median organ; empty where too few can be compared
-- column low         double   lower 95 % limit of value
-- column high        double   upper 95 % limit of value
-- column usual       double   1
-- column n           integer  units scored
-- column sd          double   points, on the scale of the sheet
-- column is_flagged  boolean
with judged as (
    select unit, year, n, sd, effect, low, high, level, flagged
    from marts.findings
    where pattern = 'score_compression'
        and scope = 'organ'
        and year between year($start) and year($until)
        and unit in (select unnest($units))
    qualify row_number() over (partition by unit order by year desc) = 1
)

select
    judged.unit,
    judged.year,
    'spread'                                                  as scale,
    case when judged.level <> 'too_few' then sqrt(judged.effect) end as value,
    case when judged.level <> 'too_few' then sqrt(judged.low) end    as low,
    case when judged.level <> 'too_few' then sqrt(judged.high) end   as high,
    1.0::double                                               as usual,
    cast(judged.n as bigint)                                  as n,
    judged.sd,
    judged.flagged                                            as is_flagged
from judged
left join marts.units as units on units.unit = judged.unit
order by units.position, judged.unit
