-- Were the activities of a year-end rush attended and thought of like the others?
--
-- column unit        text     one row per unit, year and measure
-- column year        integer
-- column measure     text     attendance or effect
-- column n_inside    integer  activities in the window
-- column n_outside   integer  activities outside it
-- column inside      double   share or mean score in the window
-- column outside     double   outside it
-- column difference  double   inside less outside
-- column low         double   lower 95 % limit of the difference
-- column high        double   upper 95 % limit of the difference

-- Judged in Python: cadence/findings.py puts the rows in.
select
    cast(null as varchar) as unit,
    cast(null as integer) as year,
    cast(null as varchar) as measure,
    cast(null as integer) as n_inside,
    cast(null as integer) as n_outside,
    cast(null as double) as inside,
    cast(null as double) as outside,
    cast(null as double) as difference,
    cast(null as double) as low,
    cast(null as double) as high
where false
