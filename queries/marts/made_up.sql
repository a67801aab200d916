-- Which meetings were missing in their time and made good in a year-end rush?
--
-- column unit     text     one row per unit, year and type
-- column year     integer
-- column type     text
-- column due      integer  due in the year
-- column held     integer  held in the year
-- column gaps     integer  missing in periods that ended before the window
-- column surplus  integer  held in the window beyond what was due there
-- column made_up  integer  the smaller of the two
-- column missing  text     first months of the periods missed, such as 3 5 6

-- Judged in Python: cadence/findings.py puts the rows in.
select
    cast(null as varchar) as unit,
    cast(null as integer) as year,
    cast(null as varchar) as type,
    cast(null as integer) as due,
    cast(null as integer) as held,
    cast(null as integer) as gaps,
    cast(null as integer) as surplus,
    cast(null as integer) as made_up,
    cast(null as varchar) as missing
where false
