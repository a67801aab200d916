-- Do traces and effect go together, unit by unit?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
--
-- column unit           text     in the order of the register
-- column trace_rate     double   mean score ÷ full mark of the criteria that look at traces, 0 to 1
-- column trace_low      double   lower 95 % limit of trace, from how its scores differ
-- column trace_high     double   upper 95 % limit of trace
-- column effect_rate    double   the same of the criteria that look at effect
-- column effect_low     double   lower 95 % limit of effect
-- column effect_high    double   upper 95 % limit of effect
-- column trace_middle   double   median of trace over the units
-- column effect_middle  double   median of effect over the units
-- column n              integer  scores of either kind
-- column quadrant       text     apart: traces surely above and effect surely below the median; ceiling: not to be told; few: below 3 scores of a kind; else usual
-- column is_apart       boolean  quadrant is apart
-- column is_ceiling     boolean  half of the trace scores or more, or of the effect scores, are at 98 % of the full mark or above
with scores as (
    select unit, evidence, rate
    from marts.ratings
    where quarter between $start and $until
        and unit in (select unnest($units))
        and evidence in ('trace', 'effect')
        and rate is not null
),

ceilings as (
    select max(share) >= 0.5 as is_ceiling
    from (select evidence, avg(cast(round(rate, 9) >= 0.98 as integer)) as share from scores group by evidence) as kinds
),

sides as (
    select
        unit,
        evidence,
        avg(rate)                                                     as middle,
        count(*)                                                      as n,
        stddev_samp(rate) / sqrt(count(*))
            * (1.96 + 2.372 / nullif(count(*) - 1, 0) + 2.822 / nullif((count(*) - 1) ** 2, 0)) as half
    from scores
    group by unit, evidence
),

sided as (
    select
        trace.unit,
        trace.middle                 as trace,
        trace.half                   as trace_half,
        effect.middle                as effect,
        effect.half                  as effect_half,
        trace.n + effect.n           as n,
        least(trace.n, effect.n) < 3 as is_few,
        median(trace.middle) over () as trace_middle,
        median(effect.middle) over () as effect_middle
    from sides as trace
    join sides as effect on effect.unit = trace.unit and effect.evidence = 'effect'
    where trace.evidence = 'trace'
),

placed as (
    select
        sided.*,
        ceilings.is_ceiling,
        case
            when sided.is_few then 'few'
            when ceilings.is_ceiling then 'ceiling'
            when sided.trace - sided.trace_half > sided.trace_middle and sided.effect + sided.effect_half < sided.effect_middle then 'apart'
            else 'usual'
        end as quadrant
    from sided
    cross join ceilings
)

select
    placed.unit,
    placed.trace                       as trace_rate,
    placed.trace - placed.trace_half   as trace_low,
    placed.trace + placed.trace_half   as trace_high,
    placed.effect                      as effect_rate,
    placed.effect - placed.effect_half as effect_low,
    placed.effect + placed.effect_half as effect_high,
    placed.trace_middle,
    placed.effect_middle,
    placed.n,
    placed.quadrant,
    placed.quadrant = 'apart'          as is_apart,
    placed.is_ceiling
from placed
left join marts.units as units on units.unit = placed.unit
order by units.position, placed.unit
