-- What does the assessment weigh: counted or judged, traces or effect, with or without a rubric, on which occasion?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
--
-- column part   text     nature, evidence, rubric (of the qualitative criteria) or occasion; the latest year in the span that says it
-- column segment  text     quantitative, qualitative; trace, effect; with_rubric, no_rubric; ongoing, stage, special, annual; unstated
-- column k        integer  criteria, or scores for the occasion
-- column share    double   of the weight (else of the full marks), of the scores for the occasion; 0 to 1
-- column n        integer  criteria, or scores for the occasion
-- column year     integer
with criteria as (
    select
        year,
        assessment,
        criterion,
        any_value(nature)                as nature,
        any_value(evidence)              as evidence,
        bool_or(has_rubric)              as has_rubric,
        avg(coalesce(weight, max_score)) as weight
    from marts.ratings
    where quarter between $start and $until and unit in (select unnest($units))
    group by year, assessment, criterion
    having count(nature) + count(evidence) + count(has_rubric) > 0
),

parts as (
    select year, 'nature' as part, coalesce(nature, 'unstated') as segment, 1 as k, weight from criteria
    union all
    select year, 'evidence', coalesce(evidence, 'unstated'), 1, weight from criteria
    union all
    select
        year,
        'rubric',
        case when has_rubric then 'with_rubric' when not has_rubric then 'no_rubric' else 'unstated' end,
        1,
        weight
    from criteria
    where nature = 'qualitative'
    union all
    select year, 'occasion', coalesce(assessment, 'unstated'), count(*), count(*)
    from marts.ratings
    where quarter between $start and $until and unit in (select unnest($units))
    group by year, assessment
),

summed as (
    select part, year, segment, sum(k) as k, sum(weight) as weight
    from parts
    group by part, year, segment
),

shared as (
    select
        part,
        year,
        segment,
        k,
        weight / nullif(sum(weight) over (partition by part, year), 0) as share,
        sum(k) over (partition by part, year)                          as n
    from summed
    qualify year = max(year) over (partition by part)
)

select
    part,
    segment,
    cast(k as bigint) as k,
    share,
    cast(n as bigint) as n,
    year
from shared
order by
    list_position(['nature', 'evidence', 'rubric', 'occasion'], part),
    list_position(
        ['quantitative', 'qualitative', 'trace', 'effect', 'with_rubric', 'no_rubric', 'ongoing', 'stage', 'special', 'annual', 'unstated'],
        segment
    )
