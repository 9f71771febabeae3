using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Persistence;

namespace SocialRegistry.Registry.ChangeRequests;

/// <summary>Finds other open requests that a request meets.</summary>
internal static class RequestConflicts
{
    public const string SameField = "same_field";
    public const string SameGroup = "same_group";
    public const string SameRecord = "same_record";

    /// <summary>Warnings named in one request.</summary>
    private const int MostWarnings = 20;

    /// <summary>The refusal where the rules block; otherwise the warnings.</summary>
    /// <param name="request">Its parties are given, since they may not be stored yet.</param>
    public static async Task<Outcome<IReadOnlyList<ChangeRequestWarning>>> FindAsync(
        RegistryDbContext db,
        ChangeRequest request,
        IReadOnlyList<ChangeRequestParty> parties,
        ChangeRequestOptions options,
        CancellationToken cancellationToken
    )
    {
        if (request.OpenHash is { } hash)
        {
            var twin = await db
                .ChangeRequests.AsNoTracking()
                .Where(r => r.OpenHash == hash && r.Id != request.Id)
                .Select(r => (Guid?)r.Id)
                .FirstOrDefaultAsync(cancellationToken);
            if (twin is { } open)
            {
                return ChangeRequestProblems.Duplicate(open);
            }
        }

        var ids = parties.Select(p => p.RegistrantId).ToList();
        var others = await (
            from party in db.ChangeRequestParties.AsNoTracking()
            join other in db.ChangeRequests.AsNoTracking() on party.RequestId equals other.Id
            where
                ids.Contains(party.RegistrantId)
                && other.Id != request.Id
                && ChangeRequestStates.Open.Contains(other.State)
            orderby other.Id
            select new { Party = party, Other = other }
        )
            .Take(1_000)
            .ToListAsync(cancellationToken);
        var groups = parties.Where(p => p.IsGroup).Select(p => p.RegistrantId).ToHashSet();
        var warnings = new List<ChangeRequestWarning>();
        foreach (var met in others.GroupBy(o => o.Other.Id))
        {
            var other = met.First().Other;
            var shared = met.Select(m => m.Party).ToList();
            if (Rule(request, other, shared, groups, options) is not var (code, rule) || rule == ConflictRule.Allow)
            {
                continue;
            }

            if (rule == ConflictRule.Block)
            {
                return ChangeRequestProblems.Blocked(code, other.Id);
            }

            if (warnings.Count < MostWarnings)
            {
                warnings.Add(new ChangeRequestWarning(code, other.RequestId));
            }
        }

        return warnings;
    }

    private static (string Code, ConflictRule Rule)? Rule(
        ChangeRequest request,
        ChangeRequest other,
        IReadOnlyList<ChangeRequestParty> shared,
        IReadOnlySet<Guid> groups,
        ChangeRequestOptions options
    )
    {
        var sameGroup = shared.Any(p => p.IsGroup && groups.Contains(p.RegistrantId));
        var sameMember = sameGroup && shared.Any(p => !groups.Contains(p.RegistrantId));
        var sameRecord = request.SubjectId is not null && request.SubjectId == other.SubjectId;
        var sameField = sameRecord && request.FieldList.Intersect(other.FieldList).Any(f => f != "memberships");
        return sameField || sameMember ? (SameField, options.SameField)
            : sameGroup ? (SameGroup, options.SameGroup)
            : sameRecord ? (SameRecord, options.SameRecord)
            : null;
    }
}
