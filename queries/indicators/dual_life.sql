-- Do leaders come to their own branch, and as ordinary members?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
-- param  types  names  kinds of activity counted
--
-- column unit              text
-- column expected          integer  leaders expected, summed over activities
-- column attended          integer  leaders who came
-- column as_members        integer  of these, as ordinary members
-- column attended_share    double   attended ÷ expected, 0 to 1
-- column as_members_share  double   as ordinary members ÷ expected where that is recorded, 0 to 1
-- column n                 integer  activities counted
select
    monthly.unit,
    sum(monthly.leaders_expected)                                                       as expected,
    sum(monthly.leaders_attended)                                                       as attended,
    sum(monthly.leaders_as_members)                                                     as as_members,
    sum(monthly.leaders_attended) / nullif(sum(monthly.leaders_expected), 0)            as attended_share,
    sum(monthly.leaders_as_members) / nullif(sum(monthly.leaders_known), 0)             as as_members_share,
    sum(monthly.with_leaders)                                                           as n
from marts.monthly as monthly
where monthly.month between $start and $until
    and monthly.unit in (select unnest($units))
    and monthly.type in (select unnest($types))
group by monthly.unit
having sum(monthly.leaders_expected) > 0
order by attended_share, monthly.unit
