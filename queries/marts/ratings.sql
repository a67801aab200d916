-- Which scores were given, by whom and for what?
--
-- stored as a view: as long as the facts
--
-- column unit        text     one row per score that is not a total of others
-- column quarter     date     first day of the quarter that it is about
-- column year        integer
-- column assessment  text     ongoing, stage, special or annual; empty where the sheet does not say
-- column criterion   text
-- column rater       integer  a number in the order of first appearance, never a name or token; empty where the sheet names nobody
-- column score       double   points
-- column max_score   double   points
-- column rate        double   score ÷ full mark, 0 to 1; empty without a full mark
-- column weight      double   share of the whole, 0 to 1
-- column nature      text     quantitative or qualitative
-- column evidence    text     trace or effect
-- column has_rubric  boolean  is it written down what earns how much
-- column rated_on    date
select
    unit,
    quarter,
    year(quarter)                as year,
    assessment,
    criterion,
    rater_number                 as rater,
    score,
    max_score,
    score / nullif(max_score, 0) as rate,
    weight,
    nature,
    evidence,
    has_rubric,
    rated_on
from facts.scores
where score is not null and not is_total
