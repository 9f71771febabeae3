using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;
using SocialRegistry.Registry.Versions;

namespace SocialRegistry.Registry.Groups;

/// <summary>Stores a new group with its first members.</summary>
internal sealed class CreateGroup(
    GroupWork work,
    NewGroupRecord records,
    RecordStore store,
    RecordViews views,
    PastRecord past,
    IDbContextFactory<RegistryDbContext> contexts
)
{
    public async Task<Outcome<RegistrantView>> HandleAsync(
        NewGroup group,
        GroupCommand command,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        RegistrantView? made = null;
        var answer = await work.RunAsync<Made>(
            new GroupTask("create", [], group, command, caller),
            async edit =>
            {
                var members = Read(edit, group.Members);
                if (edit.Refused is { } refused)
                {
                    return refused;
                }

                var record = await records.MakeAsync(edit, group.Values, group.Identifiers, cancellationToken);
                if (!record.Succeeded)
                {
                    return record.Problem;
                }

                if (await edit.LoadPersonsAsync(members.Select(m => m.Member.Value), cancellationToken) is { } unknown)
                {
                    return unknown;
                }

                var joined = new List<MembershipView>(members.Count);
                foreach (var member in members)
                {
                    var membership = edit.Join(
                        new MembershipView
                        {
                            GroupId = record.Value.Row.RegistrantId,
                            MemberId = member.Member,
                            Kinds = member.Kinds,
                            StartedOn = member.StartedOn,
                        }
                    );
                    if (!membership.Succeeded)
                    {
                        return membership.Problem;
                    }

                    joined.Add(membership.Value.ToView());
                }

                made = views.Show(record.Value, ReadGate.OfWriter(caller), []) with { Memberships = joined };
                return new Made(made.Id, joined);
            },
            m => m.Memberships.Select(j => j.MemberId).Append(m.Id),
            cancellationToken
        );
        return !answer.Succeeded ? answer.Problem
            : answer.Value.Id == made?.Id ? made
            : await FirstAsync(answer.Value, caller, cancellationToken);
    }

    private static List<NewMember> Read(GroupEdit edit, IReadOnlyList<NewMember> members)
    {
        if (members.Count > GroupEdit.MostMembers)
        {
            edit.Problems.Add(
                new FieldProblem("members", "items", $"At most {GroupEdit.MostMembers} members in one call.")
            );
            return [];
        }

        var read = members
            .Index()
            .Select(m => m.Item with { Kinds = edit.Kinds(m.Item.Kinds, $"members[{m.Index}].kinds") })
            .ToList();
        var seen = new HashSet<RegistrantId>();
        foreach (var (index, _) in read.Index().Where(m => !seen.Add(m.Item.Member)).ToList())
        {
            edit.Problems.Add(
                new FieldProblem($"members[{index}].member", "twice", "This person stands here already.")
            );
        }

        return read;
    }

    /// <summary>The group as it was first stored, for the same request sent again.</summary>
    private async Task<Outcome<RegistrantView>> FirstAsync(
        Made made,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        using var record = await store.ReadAsync(db, made.Id.Value, caller, cancellationToken);
        if (record is null or { Row.IsArchived: true })
        {
            return RegistrantProblems.NotFound;
        }

        using var first = (await past.ReadAsync(db, record, 1, cancellationToken))!;
        return views.Show(first.Record, ReadGate.OfWriter(caller), []) with
        {
            Version = 1,
            UpdatedAt = first.Entry.RecordedAt,
            Memberships = made.Memberships,
        };
    }

    private sealed record Made(RegistrantId Id, IReadOnlyList<MembershipView> Memberships);
}
