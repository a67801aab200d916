-- Do campaigns begin with a flourish and end in a whimper?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
-- param  types  names  kinds of activity counted
--
-- column campaign    text     one row per campaign and third of its days
-- column third       integer  1, 2 or 3
-- column starts_on   date     first day of the third
-- column ends_on     date     last day of the third
-- column held        integer  activities of the campaign
-- column expected    integer  people, of the activities with expected and attended
-- column attended    integer  people, of these
-- column share       double   attended ÷ expected, 0 to 1; empty below five activities
-- column low95       double   lower 95 % limit of share, from how the activities differ among themselves
-- column high95      double   upper 95 % limit of share
-- column ratio       double   activities of the last third ÷ those of the first; only with the third third
-- column ratio_low   double   lower 95 % limit of the ratio, counts taken as Poisson
-- column ratio_high  double   upper 95 % limit of the ratio
-- column left_early  integer  people who left early, of the activities that say so; empty where none does
-- column stayed_of   integer  people who attended these
-- column faded       integer  units whose whole year fades by the tests of rhythm; the same in each row
-- column judged      integer  unit-years judged for it; the same in each row
with held as (
    select campaign, held_on, expected, attended, left_early
    from marts.activities
    where month between $start and $until
        and campaign is not null
        and is_day_known
        and unit in (select unnest($units))
        and type in (select unnest($types))
),

-- A campaign of the calendar has its own first and last day; one that only the ledgers name goes from its first activity to its last.
spans as (
    select
        held.campaign,
        coalesce(min(events.starts_on), min(held.held_on)) as starts_on,
        coalesce(max(events.ends_on), max(held.held_on))   as ends_on
    from held
    left join marts.events as events
        on events.event = 'campaign' and (strpos(events.name, held.campaign) > 0 or strpos(held.campaign, events.name) > 0)
        and held.held_on between events.starts_on and events.ends_on
    group by held.campaign
),

-- A campaign that the chosen span cuts off has no last third to speak of.
whole as (
    select campaign, starts_on, ends_on, date_diff('day', starts_on, ends_on) + 1 as days
    from spans
    where starts_on >= $start and ends_on <= $until and date_diff('day', starts_on, ends_on) >= 29
),

thirds as (
    select
        whole.campaign,
        thirds.third,
        whole.starts_on + cast(floor(whole.days * (thirds.third - 1) / 3) as integer) as starts_on,
        whole.starts_on + cast(floor(whole.days * thirds.third / 3) as integer) - 1   as ends_on
    from whole
    cross join (select unnest([1, 2, 3]) as third) as thirds
),

placed as (
    select
        thirds.campaign,
        thirds.third,
        thirds.starts_on,
        thirds.ends_on,
        held.held_on,
        case when held.expected > 0 and held.attended is not null then held.expected end as expected,
        case when held.expected > 0 and held.attended is not null then held.attended end as attended,
        held.left_early,
        case when held.left_early is not null then held.attended end                     as stayed_of
    from thirds
    left join held on held.campaign = thirds.campaign and held.held_on between thirds.starts_on and thirds.ends_on
),

rates as (
    select
        campaign,
        third,
        any_value(starts_on)                                                              as starts_on,
        any_value(ends_on)                                                                as ends_on,
        count(held_on)                                                                    as held,
        coalesce(sum(expected), 0)                                                        as expected,
        coalesce(sum(attended), 0)                                                        as attended,
        count(expected)                                                                   as counted,
        sum(left_early)                                                                   as left_early,
        sum(stayed_of)                                                                    as stayed_of
    from placed
    group by campaign, third
),

spread as (
    select
        placed.campaign,
        placed.third,
        case when any_value(rates.counted) >= 5 then sqrt(
            any_value(rates.counted) / (any_value(rates.counted) - 1)
            * sum(pow(placed.attended - placed.expected * rates.attended / rates.expected, 2))
        ) / any_value(rates.expected) end                                                 as error
    from placed
    join rates on rates.campaign = placed.campaign and rates.third = placed.third
    group by placed.campaign, placed.third
),

ratios as (
    select
        first.campaign,
        (last.held + 0.5) / (first.held + 0.5)            as ratio,
        1.96 * sqrt(1 / (last.held + 0.5) + 1 / (first.held + 0.5)) as width
    from rates as first
    join rates as last on last.campaign = first.campaign and last.third = 3
    where first.third = 1 and first.held + last.held >= 10
),

fading as (
    select count(*) filter (where flagged) as faded, count(*) filter (where level not in ('too_few', 'unreported')) as judged
    from marts.findings
    where pattern = 'fading' and scope = 'unit' and year between year($start) and year($until) and unit in (select unnest($units))
)

select
    rates.campaign,
    rates.third,
    rates.starts_on,
    rates.ends_on,
    rates.held,
    rates.expected,
    rates.attended,
    case when rates.counted >= 5 then rates.attended / rates.expected end                                       as share,
    case when rates.counted >= 5 then greatest(0, rates.attended / rates.expected - 1.96 * spread.error) end    as low95,
    case when rates.counted >= 5 then least(1, rates.attended / rates.expected + 1.96 * spread.error) end       as high95,
    case when rates.third = 3 then ratios.ratio end                                                             as ratio,
    case when rates.third = 3 then ratios.ratio * exp(-ratios.width) end                                        as ratio_low,
    case when rates.third = 3 then ratios.ratio * exp(ratios.width) end                                         as ratio_high,
    rates.left_early,
    rates.stayed_of,
    fading.faded,
    fading.judged
from rates
join spread on spread.campaign = rates.campaign and spread.third = rates.third
left join ratios on ratios.campaign = rates.campaign
cross join fading
order by min(rates.starts_on) over (partition by rates.campaign), rates.campaign, rates.third
