using SocialRegistry.Contracts;
using SocialRegistry.Registry.Attestations;
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
        var derived = options.Derived ? await figures.LoadAsync(db, records, gate, cancellationToken) : [];
        var result = new List<RegistrantView>(records.Count);
        var log = new List<Disclosure>(records.Count);
        foreach (var record in records)
        {
            var shown = new List<string>();
            var view = views.Show(record, gate, shown);
            if (statements is not null)
            {
                view = view with { Attestations = attestations.Show(record, gate, statements[record.Row.Id]) };
            }

            if (memberships is not null)
            {
                var first = memberships[record.Row.Id];
                view = view with { Memberships = first.Items, MembershipsNext = first.Next };
                shown.Add("memberships");
            }

            if (relationships is not null)
            {
                view = view with { Relationships = relationships[record.Row.Id] };
                shown.Add(RelationshipChanges.Field);
            }

            if (derived.TryGetValue(record.Row.Id, out var computed))
            {
                view = view with { Derived = computed };
                shown.AddRange(computed.Keys);
            }

            result.Add(view);
            log.Add(disclosures.Row(gate.Caller, record.Row.Id, shown));
        }

        // Who is named as a relative is shown too.
        var named = relationships?.Values.SelectMany(RelationshipReader.NamedIn).Except(ids) ?? [];
        log.AddRange(named.Select(id => disclosures.Row(gate.Caller, id, [RelationshipChanges.Field])));

        await disclosures.WriteAsync(log, cancellationToken);
        return result;
    }
}
