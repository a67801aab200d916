-- Which days are worked, and where does each stand in its year?
--
-- column day          date     one row per day
-- column year         integer
-- column quarter      date     first day of the quarter
-- column month        date     first day of the month
-- column week         integer  week of the year, 1 to 53, counted in sevens from 1 January
-- column year_day     integer  day of the year, 1 to 366
-- column weekday      integer  Monday is 1, Sunday is 7
-- column is_working   boolean  worked in China: holidays out, make-up days in
-- column worked       integer  working days from the first known day up to and including this one
-- column holiday      text     name of the public holiday; empty on other days
-- column is_known     boolean  false where the year's holidays are not known and only weekends are left out
with days as (
    select * from raw.days
)

select
    day,
    year(day)                                                                   as year,
    make_date(year(day), 3 * quarter(day) - 2, 1)                               as quarter,
    make_date(year(day), month(day), 1)                                         as month,
    cast(floor(date_diff('day', make_date(year(day), 1, 1), day) / 7) as integer) + 1 as week,
    date_diff('day', make_date(year(day), 1, 1), day) + 1                       as year_day,
    weekday,
    is_working,
    sum(case when is_working then 1 else 0 end) over (order by day)             as worked,
    holiday,
    is_known
from days
