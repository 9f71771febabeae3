using System.Globalization;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Disclosures;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;
using SocialRegistry.Registry.Search;

namespace SocialRegistry.Registry.Versions;

/// <summary>
/// Shows records as they stood, within the caller's scope of today: values, attestations and memberships of then. Relationships and
/// computed fields are of today and left out.
/// </summary>
internal sealed class PastViews(
    PastRecord past,
    PastAttestations attestations,
    RecordViews views,
    RowRules rules,
    DisclosureLog disclosures,
    TimeProvider time
)
{
    /// <summary>Finds a state of the record and shows it; the disclosure is stored before this returns.</summary>
    public async Task<Outcome<RegistrantView>> ShowAsync(
        RegistryDbContext db,
        OpenRecord record,
        ReadOptions options,
        ReadGate gate,
        CancellationToken cancellationToken
    )
    {
        var point = PastPoint.From(options, time);
        if (!point.Succeeded)
        {
            return point.Problem;
        }

        var found = await past.FindAsync(db, record, point.Value, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Problem;
        }

        using var then = found.Value;
        var shown = new List<string>();
        var view = await ViewAsync(db, then, options, gate, shown, cancellationToken);
        await disclosures.WriteAsync([disclosures.Row(gate.Caller, record.Row.Id, shown)], cancellationToken);
        return view;
    }

    /// <summary>The view; what it shows is added to <paramref name="shown"/> and still to be logged.</summary>
    public async Task<RegistrantView> ViewAsync(
        RegistryDbContext db,
        VersionThen then,
        ReadOptions options,
        ReadGate gate,
        List<string> shown,
        CancellationToken cancellationToken
    )
    {
        var view = views.Show(then.Record, gate, shown) with
        {
            Version = then.Entry.Number,
            UpdatedAt = then.Entry.RecordedAt,
        };
        if (then.Record.Document.Status != RegistrantStatuses.Merged)
        {
            view = view with { MergedInto = null };
        }

        if (options.Attestations)
        {
            view = view with { Attestations = await attestations.ShowAsync(db, then, gate, cancellationToken) };
        }

        if (options.Memberships && gate.ShowsMemberships)
        {
            view = view with
            {
                Memberships = await PastMemberships.LoadAsync(db, then, rules, gate.Caller, cancellationToken),
            };
            shown.Add("memberships");
        }

        shown.Add(Mark(then));
        return view;
    }

    /// <summary>How the disclosure log says that a past state was shown.</summary>
    public static string Mark(VersionThen then) =>
        "version:" + then.Entry.Number.ToString(CultureInfo.InvariantCulture);
}
