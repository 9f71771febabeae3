using System.Globalization;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Consents;
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
    ConsentGate consents,
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
        var (view, row) = await ViewAsync(db, then, options, gate, [], cancellationToken);
        await disclosures.WriteAsync([row], cancellationToken);
        return view;
    }

    /// <summary>The view, and the disclosure that is to be stored before it leaves.</summary>
    /// <param name="beside">What is shown beside the view.</param>
    public async Task<(RegistrantView View, Disclosure Row)> ViewAsync(
        RegistryDbContext db,
        VersionThen then,
        ReadOptions options,
        ReadGate asked,
        IEnumerable<string> beside,
        CancellationToken cancellationToken
    )
    {
        var gate = await consents.OfAsync(db, asked, then.Record.Row.Id, cancellationToken);
        var shown = new List<string>(beside);
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
        return (view, disclosures.Row(gate, then.Record.Row.Id, shown));
    }

    /// <summary>How the disclosure log says that a past state was shown.</summary>
    public static string Mark(VersionThen then) =>
        "version:" + then.Entry.Number.ToString(CultureInfo.InvariantCulture);
}
