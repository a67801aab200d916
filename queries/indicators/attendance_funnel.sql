-- In which units do fewer come than the size of the unit would explain?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
-- param  types  names  kinds of activity counted
--
-- column unit      text
-- column expected  integer  people expected, summed over activities
-- column attended  integer  people who came
-- column rate      double   attended ÷ expected, 0 to 1
-- column centre    double   the same of all units shown together
-- column low95     double   limits of a funnel widened by the spread between units (Spiegelhalter 2005, z-scores winsorised at 10 %)
-- column high95    double
-- column low998    double
-- column high998   double
-- column verdict   text     below, above or within the 99.8 % limits; few below twenty expected
-- column is_below  boolean  below the 99.8 % limit; these come first
with units as (
    select unit, sum(expected) as expected, sum(attended) as attended
    from marts.monthly
    where month between $start and $until
        and unit in (select unnest($units))
        and type in (select unnest($types))
    group by unit
    having sum(expected) > 0
),

centred as (
    select *, attended / expected as rate, sum(attended) over () / sum(expected) over () as centre
    from units
),

-- Guests can bring the centre above 1; then there is no binomial spread.
varied as (
    select *, sqrt(greatest(0, centre * (1 - centre)) / expected) as binomial_sd
    from centred
),

scored as (
    select *, (rate - centre) / nullif(binomial_sd, 0) as z
    from varied
),

bounds as (
    select quantile_cont(z, 0.1) as low, quantile_cont(z, 0.9) as high from scored where expected >= 20
),

dispersion as (
    select greatest(1, avg(power(least(greatest(scored.z, bounds.low), bounds.high), 2))) as phi
    from scored
    cross join bounds
    where scored.expected >= 20
),

spread as (
    select scored.*, sqrt(coalesce(dispersion.phi, 1)) * scored.binomial_sd as sd
    from scored
    cross join dispersion
)

select
    unit,
    expected,
    attended,
    rate,
    centre,
    greatest(0, centre - 1.959964 * sd) as low95,
    least(1, centre + 1.959964 * sd)    as high95,
    greatest(0, centre - 3.090232 * sd) as low998,
    least(1, centre + 3.090232 * sd)    as high998,
    case
        when expected < 20 then 'few'
        when rate < centre - 3.090232 * sd then 'below'
        when rate > centre + 3.090232 * sd then 'above'
        else 'within'
    end                                 as verdict,
    expected >= 20 and rate < centre - 3.090232 * sd as is_below
from spread
order by is_below desc, rate, unit
