-- Which units and organs need a look, and how sure is that?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
--
-- column scope        text       unit, organ or system; of the system both windows, rushed or not
-- column unit         text       empty for the whole system; sorted by level, rushes first, by the lower limit of their strength, highest first
-- column organ        text       the organ it belongs to
-- column year         integer
-- column pattern      text
-- column span         text       the window: w6 or Q4; empty where the pattern has one
-- column n            double     activities, people or outcomes judged
-- column k            double     of them, those in the window or concerned
-- column expected     double     share of n expected, 0 to 1
-- column effect       double     strength: pace in the window over pace outside it, or the pattern's own measure
-- column low          double     lower 95 % limit of effect
-- column high         double     upper 95 % limit of effect
-- column share_low    double     lower 95 % limit of the share, 0 to 1
-- column share_high   double     upper 95 % limit of the share, 0 to 1
-- column p            double     chance of as much by accident
-- column q            double     share of false ones among findings this sure
-- column level        text       high, medium or hint; of the system also none
-- column growing      boolean    activity rose from January to September already
-- column why          text       why it is not called what it looks like
-- column late         double     late records
-- column first_third  double     activities in the first third of the year
-- column quarters     double     quarters concerned
-- column silence      double     longest silence, working days
-- column empty        double     blocks of four weeks without any
-- column busiest      double     share of the two busiest blocks, 0 to 1
-- column sd           double     standard deviation of scores
-- column usual_sd     double     that of the median organ
-- column lists        double     award lists compared
-- column traces       double     records kept per activity
-- column outcome      double     mean satisfaction
-- column is_system    boolean    false where there are too few other units, and the working days were taken instead
-- column reason       text       how somebody explained it; empty where nobody did
-- column explained_by text
-- column explained_at timestamp
-- column doubted      text       the unit, where nobody has explained it; such rows come first
select
    findings.scope,
    findings.unit,
    findings.organ,
    findings.year,
    findings.pattern,
    findings.span,
    findings.n,
    findings.k,
    findings.expected,
    findings.effect,
    findings.low,
    findings.high,
    findings.share_low,
    findings.share_high,
    findings.p,
    findings.q,
    findings.level,
    findings.growing,
    findings.why,
    findings.late,
    findings.first_third,
    findings.quarters,
    findings.silence,
    findings.empty,
    findings.busiest,
    findings.sd,
    findings.usual_sd,
    findings.lists,
    findings.traces,
    findings.outcome,
    coalesce(expected.is_system, true) as is_system,
    explanations.reason,
    explanations.explained_by,
    explanations.explained_at,
    case when explanations.reason is null then findings.unit end as doubted
from marts.findings as findings
left join marts.explanations as explanations
    on explanations.unit = findings.unit and explanations.year = findings.year and explanations.pattern = findings.pattern
left join marts.expected as expected
    on expected.organ = findings.organ and expected.year = findings.year and expected.week = 1
where findings.year between year($start) and year($until)
    and (findings.unit in (select unnest($units)) and findings.level in ('high', 'medium', 'hint') or findings.pattern = 'system_yearend')
order by
    explanations.reason is not null,
    findings.unit is null,
    case findings.level when 'high' then 1 when 'medium' then 2 else 3 end,
    findings.pattern not in ('yearend_rush', 'quarterend_rush', 'preinspection_rush'),
    case when findings.pattern in ('yearend_rush', 'quarterend_rush', 'preinspection_rush') then findings.low end desc nulls last,
    findings.score desc,
    findings.unit,
    findings.year,
    findings.pattern,
    findings.span
