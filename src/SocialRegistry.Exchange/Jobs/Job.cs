using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SocialRegistry.Contracts;
using SocialRegistry.Exchange.Imports;
using SocialRegistry.Exchange.Persistence;

namespace SocialRegistry.Exchange.Jobs;

/// <summary>The states of a job, as they stand on the wire.</summary>
internal static class JobStates
{
    public const string Queued = "queued";
    public const string Running = "running";
    public const string Completed = "completed";
    public const string Failed = "failed";
}

/// <summary>A long task: an import. It outlives the process that runs it.</summary>
internal sealed class Job
{
    public Guid Id { get; private set; }

    public string State { get; private set; } = JobStates.Queued;

    public CallerKind CreatedByKind { get; private set; }

    public string CreatedBy { get; private set; } = "";

    public string? Purpose { get; private set; }

    public string RegistrantKind { get; private set; } = "";

    /// <summary>Field ids by column name, JSON.</summary>
    public string Mapping { get; private set; } = "{}";

    /// <summary>The column names as they stand in the file, a JSON array.</summary>
    public string Header { get; private set; } = "[]";

    public bool DryRun { get; private set; }

    /// <summary>The named version that the records join.</summary>
    public string? NamedVersion { get; private set; }

    /// <summary>Head of the data key that protects the parts with personal data.</summary>
    public byte[] KeyHead { get; private set; } = [];

    public byte[]? KeyWrap { get; private set; }

    public long UploadBytes { get; set; }

    public long DoneBytes { get; private set; }

    public long Rows { get; private set; }

    public long Created { get; private set; }

    public long Updated { get; private set; }

    public long Unchanged { get; private set; }

    public long Parked { get; private set; }

    public string? FailureCode { get; private set; }

    public string? FailureDetail { get; private set; }

    /// <summary>Unix time in milliseconds, as are the others.</summary>
    public long CreatedAt { get; private set; }

    public long? EndedAt { get; private set; }

    /// <summary>Until when the process that runs the job is taken to be alive.</summary>
    public long? LeasedUntil { get; private set; }

    public Guid? LeasedBy { get; private set; }

    public static Job New(Guid id, Caller caller, byte[] keyHead, byte[]? keyWrap, DateTimeOffset now) =>
        new()
        {
            Id = id,
            CreatedByKind = caller.Kind,
            CreatedBy = caller.Id,
            Purpose = caller.Purpose,
            KeyHead = keyHead,
            KeyWrap = keyWrap,
            CreatedAt = now.ToUnixTimeMilliseconds(),
        };

    /// <summary>What is to be done with the upload.</summary>
    /// <param name="mapping">Field ids by column name, JSON.</param>
    public void Describe(string registrantKind, string mapping, bool dryRun, string? namedVersion = null)
    {
        NamedVersion = namedVersion;
        RegistrantKind = registrantKind;
        Mapping = mapping;
        DryRun = dryRun;
    }

    /// <summary>Notes a batch and keeps the lease.</summary>
    public void Advance(ImportBatch batch, DateTimeOffset leasedUntil)
    {
        Rows += batch.Results.Count;
        Created += batch.Results.Count(r => r.Action == ImportAction.Created);
        Updated += batch.Results.Count(r => r.Action == ImportAction.Updated);
        Unchanged += batch.Results.Count(r => r.Action == ImportAction.Unchanged);
        Parked += batch.Results.Count(r => r.Action is null);
        DoneBytes = Math.Max(DoneBytes, Math.Min(batch.BytesRead, UploadBytes));
        LeasedUntil = leasedUntil.ToUnixTimeMilliseconds();
    }

    public void Complete(DateTimeOffset now)
    {
        DoneBytes = UploadBytes;
        End(JobStates.Completed, now);
    }

    public void Fail(Problem problem, DateTimeOffset now)
    {
        FailureCode = problem.Code;
        FailureDetail = problem.Detail;
        End(JobStates.Failed, now);
    }

    /// <summary>The header of the upload, once it was found good.</summary>
    public void Accept(IReadOnlyList<string> columns) => Header = JsonSerializer.Serialize(columns);

    public IReadOnlyList<string> Columns() => JsonSerializer.Deserialize<List<string>>(Header)!;

    /// <summary>The import that is left to do.</summary>
    public CsvImportRequest ToRequest() =>
        new()
        {
            Kind = RegistrantKind,
            Mapping = JsonSerializer.Deserialize<Dictionary<string, string>>(Mapping)!,
            DryRun = DryRun,
            NamedVersion = NamedVersion,
            SkipRows = Rows,
        };

    /// <summary>What the job may do: import, as the one who ordered it.</summary>
    public Caller ToCaller() =>
        new()
        {
            Kind = CreatedByKind,
            Id = CreatedBy,
            Channel = "import",
            Permissions =
                RegistrantKind == ImportKinds.Areas
                    ? new HashSet<string> { Permissions.RunImports, Permissions.WriteAreas }
                : NamedVersion is not null ? new HashSet<string> { Permissions.RunImports, Permissions.WriteVersions }
                : new HashSet<string> { Permissions.RunImports },
            Fields = FieldScope.All,
            Filters = FieldScope.All,
            Purpose = Purpose,
            RequestId = Id.ToString(),
        };

    private void End(string state, DateTimeOffset now)
    {
        State = state;
        EndedAt = now.ToUnixTimeMilliseconds();
        LeasedUntil = null;
        LeasedBy = null;
    }
}

/// <summary>A piece of what a job reads or writes.</summary>
internal sealed class JobPart
{
    public required Guid JobId { get; init; }

    /// <summary><see cref="JobPartKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>From 1, without gaps.</summary>
    public required int Sequence { get; init; }

    /// <summary>Protected, except for results, which hold no values.</summary>
    public required byte[] Content { get; init; }
}

internal static class JobPartKinds
{
    public const string Upload = "upload";
    public const string Result = "result";
    public const string Parked = "parked";
}

internal sealed class JobConfiguration(string table, string? schema) : IEntityTypeConfiguration<Job>
{
    public void Configure(EntityTypeBuilder<Job> builder)
    {
        builder.ToTable(table, schema);
        builder.HasKey(job => job.Id);
        builder.Property(job => job.State).HasMaxLength(20);
        builder.Property(job => job.CreatedBy).HasMaxLength(200);
        builder.Property(job => job.RegistrantKind).HasMaxLength(20);
        builder.Property(job => job.NamedVersion).HasMaxLength(60);
        builder.HasIndex(job => new { job.State, job.LeasedUntil });

        // Of two processes that both think they run the job, only one notes a batch.
        builder.Property(job => job.LeasedBy).IsConcurrencyToken();
        builder.Property(job => job.Rows).IsConcurrencyToken();
    }
}

internal sealed class JobPartConfiguration(string table, string? schema) : IEntityTypeConfiguration<JobPart>
{
    public void Configure(EntityTypeBuilder<JobPart> builder)
    {
        builder.ToTable(table, schema);
        builder.HasKey(part => new
        {
            part.JobId,
            part.Kind,
            part.Sequence,
        });
        builder.Property(part => part.Kind).HasMaxLength(20);
    }
}

internal static class JobSets
{
    extension(ExchangeDbContext db)
    {
        internal DbSet<Job> Jobs => db.Set<Job>();

        internal DbSet<JobPart> JobParts => db.Set<JobPart>();
    }
}
