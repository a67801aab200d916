-- Which score did each unit get, averaged over its raters?
--
-- column unit       text    one row per unit, quarter and criterion
-- column quarter    date    first day of the quarter
-- column criterion  text
-- column score      double  mean over raters
-- column raters     integer
select
    unit,
    quarter,
    criterion,
    avg(score) as score,
    count(*)   as raters
from facts.scores
group by unit, quarter, criterion
