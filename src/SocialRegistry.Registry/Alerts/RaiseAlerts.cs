using Microsoft.Extensions.Logging;
using SocialRegistry.Registry.Changes;
using SocialRegistry.Registry.Persistence;

namespace SocialRegistry.Registry.Alerts;

/// <summary>Puts an alert and the notice of it into a unit of work; once they stand, says so in the log.</summary>
internal sealed partial class RaiseAlerts(ILogger<RaiseAlerts> logger)
{
    /// <summary>Kind of the notice in the outbox.</summary>
    public const string Notice = "alert";

    /// <summary>Tracks both; the caller saves.</summary>
    public static void Add(RegistryDbContext db, Alert alert)
    {
        db.Alerts.Add(alert);
        db.Outbox.Add(
            new OutboxEntry
            {
                Id = alert.Id,
                RegistrantId = alert.RegistrantId ?? Guid.Empty,
                Sequence = 0,
                Kind = Notice,
                Operation = alert.Kind,
                Version = 0,
                RecordedAt = alert.At,
                ChangedFields = "[]",
            }
        );
    }

    /// <summary>After they were saved.</summary>
    public void Tell(IEnumerable<Alert> alerts)
    {
        foreach (var alert in alerts)
        {
            Log.Raised(logger, alert.Kind, alert.Id);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            EventId = 1110,
            Level = LogLevel.Warning,
            Message = "Alert {Kind} {Alert} waits for somebody to look at it"
        )]
        public static partial void Raised(ILogger logger, string kind, Guid alert);
    }
}
