-- How much of the weight lies on effect rather than on traces?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
--
-- column period       date     first day of the year
-- column numerator    double   weight of the criteria that look at effect, in hundredths of what is said to look at either
-- column denominator  double   100
-- column n            integer  criteria that are said to look at traces or effect
with criteria as (
    select
        year,
        assessment,
        criterion,
        any_value(evidence)           as evidence,
        avg(coalesce(weight, max_score)) as weight
    from marts.ratings
    where quarter between $start and $until
        and unit in (select unnest($units))
        and evidence is not null
    group by year, assessment, criterion
)

select
    make_date(year, 1, 1)                                                                     as period,
    100 * coalesce(sum(weight) filter (where evidence = 'effect'), 0) / nullif(sum(weight), 0) as numerator,
    100.0::double                                                                             as denominator,
    count(*)                                                                                  as n
from criteria
group by year
having sum(weight) > 0
order by period
