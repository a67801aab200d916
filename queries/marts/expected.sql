-- Which share of a year do the other organs' units hold in each week?
--
-- column organ      text     one row per organ, year and week
-- column year       integer
-- column week       integer  week of the year, 1 to 53, counted in sevens from 1 January
-- column share      double   0 to 1; of working days where is_system is false
-- column is_system  boolean  false where there are too few other units to go by

-- Judged in Python: cadence/findings.py puts the rows in.
select
    cast(null as varchar) as organ,
    cast(null as integer) as year,
    cast(null as integer) as week,
    cast(null as double) as share,
    cast(null as boolean) as is_system
where false
