-- How varied are the forms of each unit, and which did it use that it had not used before?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
-- param  types  names  kinds of activity counted
--
-- column unit          text
-- column n             integer  activities with a form, of kinds whose subject the unit chooses
-- column forms         integer  different forms
-- column fresh         integer  forms that the unit had not used in the twelve months before; empty without a form a year before
-- column is_unchanged  boolean  no such form in eight activities or more
-- column diversity     double   entropy of the forms ÷ the largest that so many activities could have, 0 to 1; empty below eight activities
with told as (
    select
        unit,
        trim(form)                                                              as form,
        held_on,
        month,
        lag(held_on) over (partition by unit, trim(form) order by held_on)      as used_on,
        min(held_on) over (partition by unit)                                   as known_from
    from marts.activities
    where month <= $until
        and unit in (select unnest($units))
        and type in (select unnest($types))
        and is_discretionary
        and form is not null
),

counted as (
    select
        unit,
        form,
        count(*)                                                                                        as held,
        bool_or(used_on is null or used_on < held_on - 365) filter (where known_from <= held_on - 365)  as is_fresh
    from told
    where month between $start and $until
    group by unit, form
),

known as (
    select count(distinct form) as forms from counted
)

select
    counted.unit,
    sum(counted.held)  as n,
    count(*)           as forms,
    case when count(counted.is_fresh) > 0 then count(*) filter (where counted.is_fresh) end  as fresh,
    sum(counted.held) >= 8 and count(counted.is_fresh) > 0 and count(*) filter (where counted.is_fresh) = 0  as is_unchanged,
    case when sum(counted.held) >= 8 then
        (ln(sum(counted.held)) - sum(counted.held * ln(counted.held)) / sum(counted.held))
        / nullif(ln(least(sum(counted.held), min(known.forms))), 0)
    end                as diversity
from counted
cross join known
group by counted.unit
order by counted.unit
