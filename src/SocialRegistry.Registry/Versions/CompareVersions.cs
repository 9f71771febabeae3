using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Consents;
using SocialRegistry.Registry.Disclosures;
using SocialRegistry.Registry.Fields;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;
using SocialRegistry.Registry.Search;

namespace SocialRegistry.Registry.Versions;

/// <summary>What differs between two states of a record.</summary>
internal sealed class CompareVersions(
    IDbContextFactory<RegistryDbContext> contexts,
    RecordStore store,
    PastRecord past,
    RowRules rules,
    FieldCatalogue catalogue,
    ConsentGate consents,
    DisclosureLog disclosures,
    TimeProvider time
)
{
    public async Task<Outcome<VersionDifference>> HandleAsync(
        RegistrantId id,
        VersionPoint from,
        VersionPoint to,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var gate = ReadGate.Open(caller, Permissions.ReadVersions, null, catalogue.Current);
        if (!gate.Succeeded)
        {
            return gate.Problem;
        }

        var (first, second) = (Point(from, "from"), Point(to, "to"));
        if ((first.Problem ?? second.Problem) is { } wrong)
        {
            return wrong;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        using var record = await store.ReadAsync(db, id.Value, caller, cancellationToken);
        if (record?.Row.IsErased == true)
        {
            return RegistrantProblems.Erased;
        }

        if (record is null || (record.Row.IsArchived && !PastRecord.SeesArchived(caller)))
        {
            return RegistrantProblems.NotFound;
        }

        var of = await consents.OfAsync(db, gate.Value, id.Value, cancellationToken);
        var before = await past.FindAsync(db, record, first.Value!, cancellationToken);
        if (!before.Succeeded)
        {
            return before.Problem;
        }

        using var old = before.Value;
        var after = await past.FindAsync(db, record, second.Value!, cancellationToken);
        if (!after.Succeeded)
        {
            return after.Problem;
        }

        using var now = after.Value;
        var fields = Fields(old, now, of);
        var difference = new VersionDifference
        {
            From = State(old),
            To = State(now),
            Fields = fields,
        };
        if (of.ShowsMemberships)
        {
            difference = Members(
                difference,
                await PastMemberships.LoadAsync(db, old, rules, caller, cancellationToken),
                await PastMemberships.LoadAsync(db, now, rules, caller, cancellationToken)
            );
        }

        List<string> shown =
        [
            .. fields.Select(f => f.Masked ? Masks.Shown(f.Field) : f.Field),
            .. of.ShowsMemberships ? (string[])["memberships"] : [],
            PastViews.Mark(old),
            PastViews.Mark(now),
        ];
        await disclosures.WriteAsync([disclosures.Row(of, id.Value, shown)], cancellationToken);
        return difference;
    }

    private Outcome<PastPoint> Point(VersionPoint point, string name) =>
        point is { Number: null, Name: null, At: null }
            ? Problem.Invalid(
                "versions.point_required",
                "Say which two states are compared.",
                new FieldProblem(name, "required", "Send a version number, a named version or a moment.")
            )
            : PastPoint.From(point, time);

    private List<FieldChange> Fields(VersionThen old, VersionThen now, ReadGate gate)
    {
        var changed = new ChangedFields(gate, catalogue.Current, now.Record.Row, new HashSet<Guid>());
        var fields = new List<FieldChange>();
        foreach (var rule in catalogue.Current.Rules(now.Record.Row.Kind).Where(r => gate.Shows(r.View)))
        {
            var (before, after) = (old.Record.Value(rule), now.Record.Value(rule));
            if (Text(before) != Text(after))
            {
                fields.Add(changed.Of(rule.View, before, after));
            }
        }

        var identifiers = changed.Of(
            old.Record.Document.Identifiers,
            now.Record.Document.Identifiers,
            old.Record.Cipher,
            now.Record.Cipher
        );
        if (identifiers is not null)
        {
            fields.Add(identifiers);
        }

        if (old.Record.Document.Status != now.Record.Document.Status)
        {
            fields.Add(
                new FieldChange(
                    "status",
                    JsonSerializer.SerializeToElement(old.Record.Document.Status),
                    JsonSerializer.SerializeToElement(now.Record.Document.Status),
                    false
                )
            );
        }

        return fields;
    }

    private static string? Text(JsonElement? value) => value is { } there ? Canonical.Text(there) : null;

    private static VersionDifference Members(
        VersionDifference difference,
        List<MembershipView> old,
        List<MembershipView> now
    )
    {
        // By both ends: the edge of somebody who came back on another day is a changed one.
        static (RegistrantId, RegistrantId) Ends(MembershipView view) => (view.GroupId, view.MemberId);
        var before = old.ToLookup(Ends);
        var after = now.ToLookup(Ends);
        return difference with
        {
            Joined = [.. now.Where(m => !before.Contains(Ends(m)))],
            Left = [.. old.Where(m => !after.Contains(Ends(m)))],
            Changed = [.. now.Where(m => before.Contains(Ends(m)) && !before[Ends(m)].Any(o => IsSame(o, m)))],
        };
    }

    private static bool IsSame(MembershipView one, MembershipView other) =>
        one.StartedOn == other.StartedOn && one.EndedOn == other.EndedOn && one.Kinds.SequenceEqual(other.Kinds);

    private static VersionState State(VersionThen then) =>
        new(
            then.Entry.Number,
            then.Entry.RecordedAt,
            PartialDate.Of(then.Entry.EffectiveOn, then.Entry.EffectivePrecision)
        );
}
