-- Do party work and business work go together, unit by unit?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
--
-- column unit            text     widest gap first
-- column party           double   mean score of party work
-- column business        double   mean score of business results
-- column party_rank      integer  1 is the highest
-- column business_rank   integer  1 is the highest
-- column gap             integer  business rank minus party rank; positive where party work is ranked higher than business
-- column units           integer  units ranked
with scores as (
    select
        unit,
        avg(score) filter (where criterion = '党建工作')                       as party,
        avg(score) filter (where criterion in ('工作实绩', '业务工作'))        as business
    from marts.scores
    where quarter between $start and $until and unit in (select unnest($units))
    group by unit
),

ranked as (
    select
        unit,
        party,
        business,
        rank() over (order by round(party, 6) desc)     as party_rank,
        rank() over (order by round(business, 6) desc)  as business_rank,
        count(*) over ()                                as units
    from scores
    where party is not null and business is not null
)

select
    unit,
    party,
    business,
    party_rank,
    business_rank,
    business_rank - party_rank as gap,
    units
from ranked
order by abs(business_rank - party_rank) desc, unit
