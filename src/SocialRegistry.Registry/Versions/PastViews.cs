using System.Globalization;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Consents;
using SocialRegistry.Registry.Disclosures;
using SocialRegistry.Registry.Groups;
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
            view = Take(view, await PastMemberships.LoadAsync(db, then, rules, gate.Caller, cancellationToken));
            shown.Add("memberships");
        }

        shown.Add(Mark(then));
        return (view, disclosures.Row(gate, then.Record.Row.Id, shown));
    }

    /// <summary>The first memberships, and of a group with more where the list of its members then goes on, which has the order of their ids.</summary>
    private static RegistrantView Take(RegistrantView view, List<MembershipView> edges)
    {
        if (edges.Count <= MembershipReader.MostItems)
        {
            return view with { Memberships = edges };
        }

        var ordered = edges.OrderBy(e => e.MemberId.Value).ThenBy(e => e.GroupId.Value).ToList();
        var last = ordered[MembershipReader.MostItems - 1].MemberId;
        return view with
        {
            Memberships = [.. ordered.Take(MembershipReader.MostItems)],
            MembershipsNext = view.Kind == RegistrantKinds.Group ? last.ToString() : null,
        };
    }

    /// <summary>How the disclosure log says that a past state was shown.</summary>
    public static string Mark(VersionThen then) =>
        "version:" + then.Entry.Number.ToString(CultureInfo.InvariantCulture);
}
