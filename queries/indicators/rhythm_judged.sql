-- How many units were judged, and how often does the same test alarm where nobody has a reason to rush?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted; placebo windows are of the whole system
--
-- column pattern     text
-- column year        integer
-- column judged      integer  units judged
-- column too_few     integer  units with fewer than eight activities
-- column unreported  integer  units with a month missing
-- column tests       integer  tests in placebo windows of the year: spring, Q2, Q3
-- column alarms      integer  of them with p ≤ 0.05, of which one in twenty is expected
with placebo as (
    select year, sum(n) as tests, sum(k) as alarms
    from marts.findings
    where pattern = 'placebo'
    group by year
)

select
    findings.pattern,
    findings.year,
    count(*) filter (where findings.level not in ('too_few', 'unreported')) as judged,
    count(*) filter (where findings.level = 'too_few')                      as too_few,
    count(*) filter (where findings.level = 'unreported')                   as unreported,
    cast(any_value(placebo.tests) as bigint)                                as tests,
    cast(any_value(placebo.alarms) as bigint)                               as alarms
from marts.findings as findings
left join placebo on placebo.year = findings.year
where findings.year between year($start) and year($until)
    and findings.scope = 'unit'
    and findings.unit in (select unnest($units))
group by findings.pattern, findings.year
order by findings.pattern, findings.year
