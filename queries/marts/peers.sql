-- Which units is each branch or office fairly seen beside?
--
-- column unit        text     one row per branch or office
-- column basis       text     group, where the register names one with five others or more; else size, where as many are of like size; else empty
-- column peer_group  text     as the register names it
-- column size_from   integer  smallest number of members of the unit's band: 1, 7, 16, 31 or 51; empty where its size is unknown
-- column size_until  integer  largest number of members of the band; empty where it is open
-- column others      integer  other units of its group or band; 0 without either
with sized as (
    select
        unit,
        peer_group,
        case
            when members < 1 then cast(null as integer)
            when members < 7 then 1
            when members < 16 then 7
            when members < 31 then 16
            when members < 51 then 31
            when members >= 51 then 51
        end as size_from,
        case
            when members < 1 then cast(null as integer)
            when members < 7 then 6
            when members < 16 then 15
            when members < 31 then 30
            when members < 51 then 50
        end as size_until
    from facts.units
    where kind in ('branch', 'office')
),

grouped as (
    select peer_group, count(*) - 1 as others
    from sized
    where peer_group is not null
    group by peer_group
),

banded as (
    select size_from, count(*) - 1 as others
    from sized
    where size_from is not null
    group by size_from
)

select
    sized.unit,
    case
        when grouped.others >= 5 then 'group'
        when banded.others >= 5 then 'size'
        else ''
    end as basis,
    sized.peer_group,
    sized.size_from,
    sized.size_until,
    case
        when grouped.others >= 5 then grouped.others
        when banded.others >= 5 then banded.others
        else 0
    end as others
from sized
left join grouped on grouped.peer_group = sized.peer_group
left join banded on banded.size_from = sized.size_from
