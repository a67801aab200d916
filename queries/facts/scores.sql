-- Which score did each unit get on each criterion?
--
-- column unit       text    one row per unit, quarter, criterion and rater
-- column quarter    date    first day of the quarter
-- column criterion  text
-- column score      double
-- column max_score  double
-- column rater      text    salted token, never a name
-- column rated_on   date
-- column assessment text    ongoing, stage, special or annual
select
    unit,
    quarter,
    criterion,
    score,
    max_score,
    rater,
    rated_on,
    assessment
from raw.standing_evaluations
