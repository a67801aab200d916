-- How do results spread, year by year and rater by rater?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
--
-- column year        integer  one row per year, kind of assessment, rater and step of the score
-- column assessment  text     ongoing, stage, special or annual; empty where the sheet does not say
-- column rater       integer  a number, never a name; empty where the sheet names nobody
-- column score_rate  double   lower edge of a step of half a hundredth of the full mark, 0 to 1
-- column results     integer  results in the step
-- column n           integer  results of the year, kind and rater
-- column median      double   of them, 0 to 1
-- column sd          double   standard deviation of the rate
-- column full_items  integer  scores of single criteria at the full mark
-- column items       integer  scores of single criteria with a full mark
with results as (
    select year, assessment, rater, rate, items, full_items
    from marts.results
    where quarter between $start and $until
        and unit in (select unnest($units))
        and rate is not null
),

ridges as (
    select
        year,
        assessment,
        rater,
        count(*)          as n,
        median(rate)      as median,
        stddev_samp(rate) as sd,
        sum(full_items)   as full_items,
        sum(items)        as items
    from results
    group by year, assessment, rater
),

steps as (
    select year, assessment, rater, least(floor(rate * 200 + 1e-9), 200) / 200 as score_rate, count(*) as results
    from results
    group by all
)

select
    steps.year,
    steps.assessment,
    steps.rater,
    steps.score_rate,
    steps.results,
    ridges.n,
    ridges.median,
    ridges.sd,
    cast(ridges.full_items as bigint) as full_items,
    cast(ridges.items as bigint)      as items
from steps
join ridges
    on ridges.year = steps.year
    and ridges.assessment is not distinct from steps.assessment
    and ridges.rater is not distinct from steps.rater
order by steps.year, steps.assessment nulls first, steps.rater nulls first, steps.score_rate
