-- Which result did each unit get in each assessment, from each rater?
--
-- column unit        text     one row per unit, quarter, kind of assessment and rater
-- column quarter     date     first day of the quarter that it is about
-- column year        integer
-- column assessment  text     ongoing, stage, special or annual; empty where the sheet does not say
-- column rater       integer  as in ratings; empty where the sheet names nobody
-- column rate        double   score ÷ full mark over all criteria, by weight where every criterion has one; empty without full marks
-- column points      double   the total that the sheet gives, else the sum of the criteria
-- column items       integer  criteria with a full mark
-- column full_items  integer  of these, those with the full mark
with summed as (
    select
        unit,
        quarter,
        assessment,
        rater_number,
        count(*) filter (where not is_total and max_score > 0)                        as items,
        count(*) filter (where not is_total and max_score > 0 and score >= max_score) as full_items,
        count(weight) filter (where not is_total and max_score > 0)                   as weighted,
        sum(weight * score / nullif(max_score, 0)) filter (where not is_total)        as weighted_rates,
        sum(weight) filter (where not is_total and max_score > 0)                     as weights,
        sum(score) filter (where not is_total and max_score > 0)                      as marked,
        sum(max_score) filter (where not is_total and max_score > 0)                  as full_mark,
        max(score) filter (where is_total)                                            as total,
        max(score / nullif(max_score, 0)) filter (where is_total)                     as total_rate,
        sum(score) filter (where not is_total)                                        as points
    from facts.scores
    where score is not null
    group by unit, quarter, assessment, rater_number
)

select
    unit,
    quarter,
    year(quarter)           as year,
    assessment,
    rater_number            as rater,
    case
        when items = 0 then total_rate
        when weighted = items then weighted_rates / nullif(weights, 0)
        else marked / nullif(full_mark, 0)
    end                     as rate,
    coalesce(total, points) as points,
    items,
    full_items
from summed
