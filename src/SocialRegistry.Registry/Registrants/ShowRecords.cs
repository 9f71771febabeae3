using SocialRegistry.Contracts;
using SocialRegistry.Registry.Attestations;
using SocialRegistry.Registry.Consents;
using SocialRegistry.Registry.Disclosures;
using SocialRegistry.Registry.Groups;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Relationships;
using SocialRegistry.Registry.Search;

namespace SocialRegistry.Registry.Registrants;

/// <summary>Shows records with what was asked for beside their values, and has each showing on disk before it returns.</summary>
internal sealed class ShowRecords(
    RecordViews views,
    AttestationReader attestations,
    FiguresReader figures,
    RowRules rules,
    ConsentGate consents,
    DisclosureLog disclosures
)
{
    public async Task<List<RegistrantView>> ShowAsync(
        RegistryDbContext db,
        IReadOnlyList<OpenRecord> records,
        ReadOptions options,
        ReadGate gate,
        CancellationToken cancellationToken
    )
    {
        var ids = records.Select(r => r.Row.Id).ToList();
        var statements =
            options.Attestations && ids.Count > 0
                ? await AttestationReader.LoadAsync(db, ids, cancellationToken)
                : null;
        var memberships =
            options.Memberships && gate.ShowsMemberships && ids.Count > 0
                ? await MembershipReader.LoadAsync(db, records, rules, gate.Caller, cancellationToken)
                : null;
        var relationships =
            options.Relationships && gate.ShowsRelationships && ids.Count > 0
                ? await RelationshipReader.LoadAsync(db, ids, rules, gate.Caller, cancellationToken)
                : null;
        var covers = await consents.LoadAsync(db, ids, gate.Caller, cancellationToken);
        var derived = options.Derived ? await figures.LoadAsync(db, records, gate, cancellationToken) : [];
        var result = new List<RegistrantView>(records.Count);
        var log = new List<Disclosure>(records.Count);
        foreach (var record in records)
        {
            var shown = new List<string>();
            var of = covers.Gate(gate, record.Row.Id);
            var view = views.Show(record, of, shown);
            if (statements is not null)
            {
                view = view with { Attestations = attestations.Show(record, of, statements[record.Row.Id]) };
                shown.Add("attestations");
            }

            if (memberships is not null && of.ShowsMemberships)
            {
                var first = memberships[record.Row.Id];
                view = view with { Memberships = first.Items, MembershipsNext = first.Next };
                shown.Add("memberships");
            }

            if (relationships is not null && of.ShowsRelationships)
            {
                view = view with { Relationships = relationships[record.Row.Id] };
                shown.Add(RelationshipChanges.Field);
            }

            if (derived.TryGetValue(record.Row.Id, out var all))
            {
                var computed = all.Where(f => of.Caller.Fields.Contains(f.Key)).ToDictionary();
                view = view with { Derived = computed };
                shown.AddRange(computed.Keys);
            }

            result.Add(view);
            log.Add(disclosures.Row(of, record.Row.Id, shown));
        }

        // Who is named as a relative or as the other end of a membership is shown too.
        log.AddRange(
            result
                .SelectMany(v => v.Relationships is { } named ? RelationshipReader.NamedIn(named) : [])
                .Except(ids)
                .Select(id => disclosures.Row(gate.Caller, id, [RelationshipChanges.Field]))
        );
        log.AddRange(
            result
                .SelectMany(v => v.Memberships.SelectMany(m => new[] { m.GroupId.Value, m.MemberId.Value }))
                .Except(ids)
                .Select(id => disclosures.Row(gate.Caller, id, ["memberships"]))
        );

        await disclosures.WriteAsync(log, cancellationToken);
        return result;
    }
}
