-- Which unit, organ or the whole keeps which pattern of rhythm in which year, and how sure is that?
--
-- column scope        text     unit, organ or system; one row per scope, unit, year, pattern and span
-- column unit         text     the unit or organ judged; empty for the whole system
-- column organ        text     the organ it belongs to
-- column year         integer
-- column pattern      text     see docs/statistics.md
-- column span         text     the window judged: w6, Q4, or that of a placebo; empty where the pattern has one
-- column n            double   activities, people or outcomes judged
-- column k            double   of them, those in the window or concerned
-- column expected     double   share of n expected, 0 to 1
-- column effect       double   strength: pace in the window over pace outside it, or the pattern's own measure
-- column low          double   lower 95 % limit of effect
-- column high         double   upper 95 % limit of effect
-- column share_low    double   lower 95 % limit of the share, 0 to 1
-- column share_high   double   upper 95 % limit of the share, 0 to 1
-- column p            double   chance of as much by accident
-- column q            double   share of false ones among findings this sure
-- column score        double   ranks; large is suspicious
-- column level        text     high, medium, hint, none, too_few, or unreported where months are missing
-- column flagged      boolean
-- column growing      boolean  activity rose from January to September already
-- column why          text     why it is not called what it looks like
-- column late         double   late records
-- column first_third  double   activities in the first third of the year
-- column quarters     double   quarters concerned
-- column silence      double   longest silence, working days
-- column empty        double   blocks of four weeks without any
-- column busiest      double   share of the two busiest blocks, 0 to 1
-- column sd           double   standard deviation of scores
-- column usual_sd     double   that of the median organ
-- column lists        double   award lists compared
-- column traces       double   records kept per activity
-- column outcome      double   mean satisfaction
-- column p_w6         double   p of the last six weeks alone
-- column p_q4         double   p of the fourth quarter alone
-- column log_odds     double   what this year says of the next, learned from the ledger

-- Judged in Python: cadence/findings.py puts the rows in.
select
    cast(null as varchar) as scope,
    cast(null as varchar) as unit,
    cast(null as varchar) as organ,
    cast(null as integer) as year,
    cast(null as varchar) as pattern,
    cast(null as varchar) as span,
    cast(null as double) as n,
    cast(null as double) as k,
    cast(null as double) as expected,
    cast(null as double) as effect,
    cast(null as double) as low,
    cast(null as double) as high,
    cast(null as double) as share_low,
    cast(null as double) as share_high,
    cast(null as double) as p,
    cast(null as double) as q,
    cast(null as double) as score,
    cast(null as varchar) as level,
    cast(null as boolean) as flagged,
    cast(null as boolean) as growing,
    cast(null as varchar) as why,
    cast(null as double) as late,
    cast(null as double) as first_third,
    cast(null as double) as quarters,
    cast(null as double) as silence,
    cast(null as double) as empty,
    cast(null as double) as busiest,
    cast(null as double) as sd,
    cast(null as double) as usual_sd,
    cast(null as double) as lists,
    cast(null as double) as traces,
    cast(null as double) as outcome,
    cast(null as double) as p_w6,
    cast(null as double) as p_q4,
    cast(null as double) as log_odds
where false
