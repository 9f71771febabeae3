using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Protection;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;

namespace SocialRegistry.Registry.Alerts;

/// <summary>Opens and seals the texts of alerts: with the keys of the record they are about, so that they go with it; with their own when there is none.</summary>
internal sealed class AlertVault(RecordStore store)
{
    /// <summary>The kind of record that an alert's own keys belong to.</summary>
    private const string OwnKind = "alert";

    public static string ReasonPath(Guid alert) => $"alert/{alert:D}/reason";

    /// <summary>The alerts with their texts; what cannot be opened, because the record was erased, is absent.</summary>
    public async Task<List<AlertView>> ShowAsync(
        RegistryDbContext db,
        IReadOnlyList<(Alert Alert, AlertReviewRow? Review)> alerts,
        CancellationToken cancellationToken
    )
    {
        var owners = alerts
            .SelectMany(a => new[] { a.Alert.RegistrantId, a.Review?.KeyOwner })
            .OfType<Guid>()
            .Distinct()
            .ToList();
        var keys = (
            await db
                .RecordKeys.AsNoTracking()
                .Where(k => owners.Contains(k.RegistrantId))
                .ToListAsync(cancellationToken)
        ).ToLookup(k => k.RegistrantId);
        return
        [
            .. alerts.Select(a =>
                a.Alert.ToView(
                    a.Review,
                    Open(a.Alert, a.Alert.RegistrantId, keys, ReasonPath(a.Alert.Id), a.Alert.Reason),
                    Open(a.Alert, a.Review?.KeyOwner, keys, NotePath(a.Alert.Id), a.Review?.Note)
                )
            ),
        ];
    }

    /// <summary>A review whose note is protected; tracks the keys that were made for it.</summary>
    public async Task<AlertReviewRow> ReviewAsync(
        RegistryDbContext db,
        Alert alert,
        ChangeNote note,
        CancellationToken cancellationToken
    )
    {
        var keys = alert.RegistrantId is { } registrant
            ? await db.RecordKeys.AsNoTracking().Where(k => k.RegistrantId == registrant).ToListAsync(cancellationToken)
            : [];
        // An erased record gets no new key: its erasure would not reach it.
        var owner = keys.Count > 0 ? alert.RegistrantId!.Value : alert.Id;
        using var cipher = Cipher(alert, owner, keys);
        var row = new AlertReviewRow
        {
            AlertId = alert.Id,
            At = note.Now,
            By = note.Caller.Id,
            KeyOwner = owner,
            Note = cipher.SealText(NotePath(alert.Id), note.Reason!),
        };
        db.RecordKeys.AddRange(cipher.Made);
        db.AlertReviews.Add(row);
        return row;
    }

    private static string NotePath(Guid alert) => $"alert/{alert:D}/note";

    private string? Open(Alert alert, Guid? owner, ILookup<Guid, RecordKeyRow> keys, string path, string? tail)
    {
        if (owner is not { } there || tail is null || !keys.Contains(there))
        {
            return null;
        }

        using var cipher = Cipher(alert, there, keys[there]);
        return cipher.OpenText(path, tail);
    }

    private RecordCipher Cipher(Alert alert, Guid owner, IEnumerable<RecordKeyRow> keys)
    {
        var kind = owner == alert.Id ? OwnKind : alert.RegistrantKind!;
        return store.Cipher(
            new Registrant(new RegistrantId(owner), kind, alert.At),
            owner == alert.Id ? 1 : alert.Epoch!.Value,
            keys
        );
    }
}
