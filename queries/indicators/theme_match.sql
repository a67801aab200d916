-- How many activities take up the theme of the year that the plan names?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
-- param  types  names  kinds of activity counted
--
-- column group  text     the year and its theme as the plan words it
-- column k      integer  activities whose title or campaign holds a part of the theme
-- column n      integer  activities of the units whose plan names the theme
-- column share  double   k ÷ n, 0 to 1
-- column low    double   lower end of the 95 % interval (Wilson), 0 to 1
-- column high   double   upper end, 0 to 1
-- column words  text     the parts of the theme that were looked for
with parts as (
    select
        unit,
        year,
        theme,
        regexp_replace(trim(unnest(string_split(regexp_replace(theme, '[，,;；。“”"\s]+', '、', 'g'), '、'))), '年$', '') as part
    from marts.themes
    where unit in (select unnest($units))
),

counted as (
    select
        cast(year as varchar) || ' ' || parts.theme as "group",
        activities.activity,
        bool_or(strpos(coalesce(activities.topic, '') || ' ' || coalesce(activities.campaign, ''), parts.part) > 0) as is_match,
        string_agg(distinct parts.part, '、' order by parts.part) as words
    from marts.activities as activities
    join parts on parts.unit = activities.unit and parts.year = year(activities.held_on) and length(parts.part) >= 2
    where activities.held_on between $start and $until
        and activities.type in (select unnest($types))
    group by 1, 2
),

shares as (
    select "group", count(*) filter (where is_match) as k, count(*) as n, any_value(words) as words,
        count(*) filter (where is_match) / count(*) as p
    from counted
    group by "group"
    having count(*) >= 5
)

select
    "group",
    k,
    n,
    p as share,
    (p + 1.9208 / n - 1.96 * sqrt(p * (1 - p) / n + 0.9604 / n / n)) / (1 + 3.8416 / n) as low,
    (p + 1.9208 / n + 1.96 * sqrt(p * (1 - p) / n + 0.9604 / n / n)) / (1 + 3.8416 / n) as high,
    words
from shares
order by "group"
