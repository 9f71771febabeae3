using System.Globalization;
using SocialRegistry.Contracts;
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
            view = Take(view, await PastMemberships.LoadAsync(db, then, rules, gate.Caller, cancellationToken));
            shown.Add("memberships");
        }

        shown.Add(Mark(then));
        return view;
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
