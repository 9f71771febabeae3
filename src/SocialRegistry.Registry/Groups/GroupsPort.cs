using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Changes;
using SocialRegistry.Registry.Fields;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;
using SocialRegistry.Registry.Search;

namespace SocialRegistry.Registry.Groups;

/// <summary>Puts individuals into groups.</summary>
internal sealed partial class GroupsPort(UnitOfWork work, RecordStore store, RowRules rules, TimeProvider time)
    : IGroups
{
    private const int MostKinds = 5;

    public async Task<Outcome<MembershipView>> AddMemberAsync(
        MembershipView membership,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        if (!caller.May(Permissions.WriteRegistrants) || caller.Kind == CallerKind.Person)
        {
            return RegistrantProblems.NotAllowed(Permissions.WriteRegistrants);
        }

        if (Check(membership) is { Count: > 0 } problems)
        {
            return RegistrantProblems.Invalid(problems);
        }

        var view = membership with { Kinds = WithDefault(membership.Kinds) };
        return await work.RunAsync<MembershipView>(
            db => AddAsync(db, view, ChangeNote.By(caller, null, view.StartedOn, time), cancellationToken),
            conflict =>
                conflict switch
                {
                    WriteConflict.Head => GroupProblems.HeadExists,
                    WriteConflict.Member => GroupProblems.MemberExists,
                    _ => null,
                },
            cancellationToken
        );
    }

    public static IReadOnlyList<string> WithDefault(IReadOnlyList<string> kinds) =>
        kinds.Count == 0 ? ["member"] : [.. kinds.Distinct()];

    /// <summary>What is wrong with kinds of a membership.</summary>
    public static IEnumerable<FieldProblem> CheckKinds(IReadOnlyList<string> kinds, string path)
    {
        if (kinds.Count > MostKinds)
        {
            yield return new FieldProblem(path, "items", $"A membership has at most {MostKinds} kinds.");
        }
        else if (!kinds.All(k => k is not null && KindName().IsMatch(k)))
        {
            yield return new FieldProblem(path, "pattern", "A kind is a word of lower-case letters and underscores.");
        }
    }

    /// <summary>Stores the edge with its entry in the group's change log.</summary>
    public static Membership Add(
        RecordWriter writer,
        OpenRecord group,
        MembershipView view,
        ChangeNote note,
        TimeProvider time
    )
    {
        var membership = new Membership(view, time);
        writer.Add(membership);
        writer.WriteEntry(group, ChangeOperations.MemberAdded, Change(null, view), ["memberships"], note);
        return membership;
    }

    /// <summary>An entry's content: the edge before and after.</summary>
    public static string Change(MembershipView? old, MembershipView next) =>
        new JsonObject
        {
            ["memberships"] = new JsonObject { ["old"] = Node(old), ["new"] = Node(next) },
        }.ToJsonString();

    private async Task<Outcome<MembershipView>> AddAsync(
        RegistryDbContext db,
        MembershipView view,
        ChangeNote note,
        CancellationToken cancellationToken
    )
    {
        var loaded = await store.LoadAsync(db, [view.GroupId.Value], note.Caller, cancellationToken);
        using var group = loaded.GetValueOrDefault(view.GroupId.Value);
        var known = await rules.RowsAsync(db, [view.MemberId.Value], note.Caller, cancellationToken);
        var isMember = await known.AnyAsync(
            r => r.Kind == RegistrantKinds.Individual && r.Status != RecordStatuses.Archived,
            cancellationToken
        );
        if (group is null || group.Row.IsArchived || group.Row.Kind != RegistrantKinds.Group || !isMember)
        {
            return RegistrantProblems.NotFound;
        }

        if (view.EndedOn is null)
        {
            var open = await db
                .Memberships.AsNoTracking()
                .Where(m => m.GroupId == view.GroupId.Value && m.EndedOn == null)
                .Where(m => m.MemberId == view.MemberId.Value || m.IsHead)
                .ToListAsync(cancellationToken);
            if (open.Exists(m => m.MemberId == view.MemberId.Value))
            {
                return GroupProblems.MemberExists;
            }

            if (view.Kinds.Contains(Membership.Head) && open.Exists(m => m.IsHead))
            {
                return GroupProblems.HeadExists;
            }
        }

        Add(new RecordWriter(db, time), group, view, note, time);
        await db.SaveChangesAsync(cancellationToken);
        return view;
    }

    private static List<FieldProblem> Check(MembershipView membership)
    {
        var problems = CheckKinds(membership.Kinds, "kinds").ToList();
        if (!ValueLimits.IsPlausible(membership.StartedOn) || !ValueLimits.IsPlausible(membership.EndedOn))
        {
            problems.Add(new FieldProblem("startedOn", "range", "The period of the membership cannot be."));
        }

        if (membership.EndedOn < membership.StartedOn)
        {
            problems.Add(new FieldProblem("endedOn", "range", "A membership does not end before it begins."));
        }

        return problems;
    }

    private static JsonNode? Node(MembershipView? view) =>
        view is null
            ? null
            : JsonSerializer.SerializeToNode(
                new
                {
                    member = view.MemberId.ToString(),
                    kinds = view.Kinds,
                    startedOn = view.StartedOn,
                    endedOn = view.EndedOn,
                }
            );

    [GeneratedRegex("^[a-z][a-z_]{0,39}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex KindName();
}

/// <summary>What can be refused about groups.</summary>
internal static class GroupProblems
{
    public static Problem HeadExists { get; } =
        Problem.Conflict("groups.head_exists", "The group has a head already; end that membership first.");

    public static Problem MemberExists { get; } =
        Problem.Conflict("groups.member_exists", "This person is a member of the group already.");

    public static Problem Unknown { get; } =
        Problem.Invalid(
            "import.group_unknown",
            "There is no group with this identifier.",
            new FieldProblem("group", "unknown", "Bring the group in before its members.")
        );
}
