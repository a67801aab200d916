-- Which units are there, who is above whom, and how large is each now?
--
-- column unit            text     one row per unit ever named in a register, a ledger or as a parent
-- column parent          text     the unit above; empty at the top, and where the units above run in a circle or more than nine deep
-- column kind            text     organ, department, office or branch; what has units below it is no branch
-- column depth           integer  0 at the top
-- column path            text     names from the top down, joined by " / "
-- column position        integer  place in the tree, from the top down, in the order of the register
-- column founded_on      date
-- column members         integer  people
-- column groups          integer  party groups
-- column has_committee   boolean  by the register; else units of seven or more members or of unknown size
-- column leaders         integer  people
-- column officers        integer  people
-- column peer_group      text
-- column is_registered   boolean  false where only a ledger names the unit
with recursive latest as (
    select *
    from raw.standing_units
    qualify row_number() over (partition by unit order by quarter desc, batch desc, record desc) = 1
),

ledgers as (
    select unit, parent, batch from raw.activities
    union all
    select unit, cast(null as varchar), batch from raw.plans
    union all
    select unit, cast(null as varchar), batch from raw.tasks
    union all
    select unit, cast(null as varchar), batch from raw.evaluations
    union all
    select unit, cast(null as varchar), batch from raw.adjustments
),

ledger_units as (
    select ledgers.unit, max(ledgers.parent) as parent
    from ledgers
    join raw.batches as batches on batches.batch = ledgers.batch
    where batches.undone_at is null
    group by ledgers.unit
),

named as (
    select unit, parent, sheet_row as place, true as is_registered from latest
    union all
    select unit, parent, 999999, false from ledger_units where unit not in (select unit from latest)
),

everyone as (
    select unit, parent, place, is_registered from named
    union all
    select distinct parent, cast(null as varchar), 0, false
    from named
    where parent is not null and parent not in (select unit from named)
),

tree as (
    select unit, parent, 0 as depth, unit as path, lpad(cast(place as varchar), 6, '0') || unit as place
    from everyone
    where parent is null or parent = unit
    union all
    select everyone.unit, everyone.parent, tree.depth + 1, tree.path || ' / ' || everyone.unit,
        tree.place || ' / ' || lpad(cast(everyone.place as varchar), 6, '0') || everyone.unit
    from everyone
    join tree on tree.unit = everyone.parent
    where tree.depth < 9 and everyone.unit <> everyone.parent
),

-- Units that no walk from the top reaches stand at the top themselves: lost from the tree, their work would be lost with them.
placed as (
    select unit, parent, depth, path, place from tree
    union all
    select unit, cast(null as varchar), 0, unit, '999999' || unit from everyone where unit not in (select unit from tree)
),

parents as (
    select distinct parent from everyone where parent is not null and parent <> unit
)

select
    placed.unit,
    case when placed.parent = placed.unit then cast(null as varchar) else placed.parent end as parent,
    case
        when latest.kind in ('organ', 'department') then latest.kind
        when latest.kind is not null and placed.unit not in (select parent from parents) then latest.kind
        when placed.unit not in (select parent from parents) then 'branch'
        when placed.depth = 0 then 'organ'
        else 'department'
    end                                                                      as kind,
    placed.depth,
    placed.path,
    row_number() over (order by placed.place, placed.unit)                   as position,
    latest.founded_on,
    latest.members,
    latest.groups,
    coalesce(latest.has_committee, coalesce(latest.members, 7) >= 7)         as has_committee,
    latest.leaders,
    latest.officers,
    latest.peer_group,
    everyone.is_registered
from placed
join everyone on everyone.unit = placed.unit
left join latest on latest.unit = placed.unit
