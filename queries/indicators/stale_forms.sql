-- In which forms are activities held, and which of these are old or digital?
--
-- param  start        date   first day counted
-- param  until        date   last day counted
-- param  units        names  units counted
-- param  types        names  kinds of activity counted
-- param  stale_forms  text   lecture (L13) or meeting (L20)
--
-- column form     text     as the ledgers word it; all that are old or digital, the six most frequent others, the rest under an empty name
-- column part     text     stale: one of the three old forms; digital; other
-- column held     integer  activities in the form
-- column stale    integer  activities in one of the three old forms; the same in each row
-- column digital  integer  activities in a digital form; the same in each row
-- column forms    integer  different forms; the same in each row
-- column n        integer  activities with a form, of kinds whose subject the unit chooses; the same in each row
with counted as (
    select trim(form) as form, count(*) as held
    from marts.activities
    where month between $start and $until
        and unit in (select unnest($units))
        and type in (select unnest($types))
        and is_discretionary
        and form is not null
    group by trim(form)
),

judged as (
    select
        form,
        held,
        exists (select 1 from marts.dictionary where name = $stale_forms and contains(counted.form, word))  as is_stale,
        exists (select 1 from marts.dictionary where name = 'digital' and contains(counted.form, word))     as is_digital
    from counted
),

ranked as (
    select
        *,
        case when is_stale then 'stale' when is_digital then 'digital' else 'other' end  as part,
        row_number() over (partition by is_stale or is_digital order by held desc, form)  as place
    from judged
),

totals as (
    select
        coalesce(sum(held) filter (where is_stale), 0)    as stale,
        coalesce(sum(held) filter (where is_digital), 0)  as digital,
        count(*)                                          as forms,
        sum(held)                                         as n
    from judged
),

shown as (
    select case when place <= 6 or part <> 'other' then form end as form, part, held from ranked
)

select
    shown.form,
    shown.part,
    sum(shown.held)      as held,
    min(totals.stale)    as stale,
    min(totals.digital)  as digital,
    min(totals.forms)    as forms,
    min(totals.n)        as n
from shown
cross join totals
group by shown.form, shown.part
order by
    case shown.part when 'stale' then 1 when 'digital' then 2 else 3 end,
    shown.form is null,
    held desc,
    shown.form
