-- Which score did each unit get on each criterion?
--
-- column unit          text     one row per unit, quarter, criterion and rater
-- column quarter       date     first day of the quarter
-- column criterion     text
-- column score         double
-- column max_score     double
-- column weight        double   share of the whole, 0 to 1
-- column rater         text     salted token, never a name
-- column rater_number  integer  1 for the first rater ever, in the order of first appearance; empty where nobody is named
-- column nature        text     quantitative or qualitative
-- column evidence      text     trace or effect
-- column has_rubric    boolean  is it written down what earns how much
-- column rated_on      date
-- column assessment    text     ongoing, stage, special or annual
-- column is_total      boolean  the sum of other criteria
with raters as (
    select rater, min(quarter) as first_quarter
    from raw.standing_evaluations
    where rater is not null
    group by rater
),

numbered as (
    select rater, dense_rank() over (order by first_quarter, rater) as rater_number
    from raters
)

select
    scores.unit,
    scores.quarter,
    scores.criterion,
    scores.score,
    scores.max_score,
    scores.weight,
    scores.rater,
    numbered.rater_number,
    scores.nature,
    scores.evidence,
    scores.rubric as has_rubric,
    scores.rated_on,
    scores.assessment,
    strpos(scores.criterion, '总分') > 0
        or strpos(scores.criterion, '总得分') > 0
        or strpos(scores.criterion, '合计') > 0 as is_total
from raw.standing_evaluations as scores
left join numbered on numbered.rater = scores.rater
