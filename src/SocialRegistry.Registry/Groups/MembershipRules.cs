using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Disclosures;
using SocialRegistry.Registry.Fields;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;

namespace SocialRegistry.Registry.Groups;

/// <summary>What must hold of the groups of a change once it is done; checked in its transaction, while it holds their rows.</summary>
internal sealed class MembershipRules(HouseholdRule households)
{
    private const string BirthDate = "birth_date";

    public async Task<Problem?> CheckAsync(GroupEdit edit, CancellationToken cancellationToken)
    {
        foreach (var membership in edit.Touched)
        {
            CheckPeriod(edit, membership);
        }

        if ((edit.Refused ?? CheckUnseen(edit)) is { } refused)
        {
            return refused;
        }

        foreach (var group in edit.Groups)
        {
            var touched = edit.Touched.Where(m => m.GroupId == group.Row.Id).ToList();
            var problem =
                await OverlapAsync(edit.Db, group.Row.Id, touched, cancellationToken)
                ?? await TwiceAsync(edit, group.Row.Id, touched, cancellationToken)
                ?? await HeadlessAsync(edit, group, touched, cancellationToken);
            if (problem is not null)
            {
                return problem;
            }
        }

        return null;
    }

    private static void CheckPeriod(GroupEdit edit, Membership membership)
    {
        var tomorrow = DateOnly.FromDateTime(edit.Note.Now.UtcDateTime).AddDays(1);
        foreach (var (name, day) in new[] { ("startedOn", membership.StartedOn), ("endedOn", membership.EndedOn) })
        {
            if (!ValueLimits.IsPlausible(day) || day > tomorrow)
            {
                edit.Problems.Add(new FieldProblem(name, "range", "This day cannot be, or lies in the future."));
                return;
            }
        }

        if (membership.EndedOn < membership.StartedOn)
        {
            edit.Problems.Add(new FieldProblem("endedOn", "range", "A membership does not end before it begins."));
        }

        if (
            edit.Catalogue.Rule(RegistrantKinds.Individual, BirthDate) is { } rule
            && edit.Note.Compared.Sees(rule.View, membership.MemberId)
            && IsBeforeBirth(edit, membership, rule) == true
        )
        {
            edit.Problems.Add(
                new FieldProblem("startedOn", "before_birth", "The membership begins before the person.")
            );
        }
    }

    /// <summary>Whoever may not read the days of birth is held to them too.</summary>
    private static Problem? CheckUnseen(GroupEdit edit)
    {
        if (edit.Catalogue.Rule(RegistrantKinds.Individual, BirthDate) is not { } rule)
        {
            return null;
        }

        Problem? problem = null;
        foreach (var membership in edit.Touched.Where(m => !edit.Note.Compared.Sees(rule.View, m.MemberId)))
        {
            if (IsBeforeBirth(edit, membership, rule) is { } isBefore)
            {
                edit.Note.Compared.Note(membership.MemberId, rule.View.Id);
                problem = isBefore ? Comparisons.Refused : problem;
            }
        }

        return problem;
    }

    /// <summary>True when a first day that this change sets lies before the birth; <c>null</c> when there is nothing to compare.</summary>
    private static bool? IsBeforeBirth(GroupEdit edit, Membership membership, FieldRule rule)
    {
        var entry = edit.Db.Entry(membership);
        var today = DateOnly.FromDateTime(edit.Note.Now.UtcDateTime);
        // Nobody on the register is born after today.
        return
            membership.StartedOn is { } day
            && day < today
            && (entry.State == EntityState.Added || entry.Property(m => m.StartedOn).IsModified)
            && PartialDate.From(edit.Person(membership.MemberId).Value(rule)) is { } birth
            ? day < birth.Earliest
            : null;
    }

    /// <summary>A person is in a group at most once at any time.</summary>
    private static async Task<Problem?> OverlapAsync(
        RegistryDbContext db,
        Guid group,
        List<Membership> touched,
        CancellationToken cancellationToken
    )
    {
        var members = touched.Select(m => m.MemberId).Distinct().ToList();
        if (members.Count == 0)
        {
            return null;
        }

        await db
            .Memberships.Where(m => m.GroupId == group && members.Contains(m.MemberId))
            .LoadAsync(cancellationToken);
        var known = db.Memberships.Local.Where(m => m.GroupId == group).ToLookup(m => m.MemberId);
        foreach (var membership in touched)
        {
            var others = known[membership.MemberId].Where(m => m != membership && m.Overlaps(membership)).ToList();
            if (others.Count > 0)
            {
                return membership.IsOpen && others.Exists(m => m.IsOpen)
                    ? GroupProblems.MemberExists
                    : GroupProblems.Overlap;
            }
        }

        return null;
    }

    /// <summary>Of some kinds there is one in a group.</summary>
    private static async Task<Problem?> TwiceAsync(
        GroupEdit edit,
        Guid group,
        List<Membership> touched,
        CancellationToken cancellationToken
    )
    {
        var unique = CodeWords.Of(edit.Catalogue, CodeWords.MembershipKind).Unique;
        var kinds = touched
            .Where(m => m.IsOpen)
            .SelectMany(m => m.KindList)
            .Where(k => k == Membership.Head || unique.Contains(k))
            .Distinct();
        foreach (var kind in kinds)
        {
            var quoted = $"\"{kind}\"";
            await edit
                .Db.Memberships.Where(m => m.GroupId == group && m.EndedOn == null && m.Kinds.Contains(quoted))
                .LoadAsync(cancellationToken);
            var holders = edit.Db.Memberships.Local.Count(m =>
                m.GroupId == group && m.IsOpen && m.KindList.Contains(kind)
            );
            if (holders > 1)
            {
                return kind == Membership.Head ? GroupProblems.HeadExists : GroupProblems.KindTaken(kind);
            }
        }

        return null;
    }

    private async Task<Problem?> HeadlessAsync(
        GroupEdit edit,
        OpenRecord group,
        List<Membership> touched,
        CancellationToken cancellationToken
    )
    {
        var id = group.Row.Id;
        var local = edit.Db.Memberships.Local.Where(m => m.GroupId == id && m.IsOpen).ToList();
        if (local.Exists(m => m.IsHead) || !households.IsBroken(group, edit.HadHead(id), hasHead: false, true))
        {
            return null;
        }

        var known = touched.Select(m => m.Id).ToList();
        var registrants = edit.Db.Registrants;
        return
            touched.Exists(m => m.IsOpen)
            || await edit.Db.Memberships.AnyAsync(
                m =>
                    m.GroupId == id
                    && m.EndedOn == null
                    && !known.Contains(m.Id)
                    && !registrants.Any(r => r.Id == m.MemberId && r.Status == RegistrantStatuses.Archived),
                cancellationToken
            )
            ? GroupProblems.HeadRequired
            : null;
    }
}
