-- What is known of a unit, and in which spreadsheet row does its newest activity stand?
--
-- param  units  names  the unit and what is below it
--
-- column unit         text
-- column kind         text     organ, department, office or branch
-- column path         text     names from the top down, joined by " / "
-- column founded_on   date
-- column members      integer  people
-- column groups       integer  party groups
-- column below        integer  units below it
-- column basis        text     group, size, or empty where fewer than five other units are like it
-- column peer_group   text     as the register names it
-- column size_from    integer  smallest number of members of units of like size
-- column size_until   integer  largest number of members of units of like size; empty where there is none
-- column others       integer  units that are like it
-- column activity     text     id of the newest activity
-- column held_on      date     day of the newest activity
-- column file         text
-- column sheet        text
-- column sheet_row    integer  the spreadsheet's own row number, from 1
-- column imported_at  timestamp
with own as (
    select unit, kind, path, founded_on, members, groups, count(*) over () - 1 as below
    from marts.units
    where unit in (select unnest($units))
    order by position
    limit 1
),

newest as (
    select activity, held_on
    from marts.activities
    where unit in (select unnest($units))
    order by held_on desc, activity
    limit 1
)

select
    own.unit,
    own.kind,
    own.path,
    own.founded_on,
    own.members,
    own.groups,
    own.below,
    case when own.below = 0 then coalesce(peers.basis, '') else '' end  as basis,
    peers.peer_group,
    peers.size_from,
    peers.size_until,
    case when own.below = 0 then coalesce(peers.others, 0) else 0 end   as others,
    newest.activity,
    newest.held_on,
    sources.file,
    sources.sheet,
    sources.sheet_row,
    sources.imported_at
from own
left join marts.peers as peers on peers.unit = own.unit
left join newest on true
left join marts.sources as sources on sources.activity = newest.activity
