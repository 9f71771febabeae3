namespace SocialRegistry.Host.Benchmarks;

/// <summary>
/// Writes of records as plain SQL, the least that keeps the same promises: an edit (row, version, change entry, notice) in one durable
/// commit, and one disclosure. Tables of the registry, so that indexes and sizes are the same.
/// </summary>
internal static class RawRecordWrites
{
    private static readonly byte[] Hash = new byte[32];

    /// <summary>Parameters: id, the new code of the field, a hash, the field's name in JSON, its old and new value in JSON.</summary>
    private const string EditPostgres = """
        with u as (
          update registry.registrants set "values" = jsonb_set("values", '{education_level}', to_jsonb($2::text)),
            version = version + 1, sequence = sequence + 1, updated_at = now(), chain_hash = $3
          where id = $1 returning id, kind, version, sequence, epoch),
        v as (
          insert into registry.versions
            (registrant_id, number, sequence, recorded_at, effective_on, epoch, catalogue_version, changed_fields,
             reverse_patch)
          select id, version, sequence, now(), current_date, epoch,
            (select max(version) from registry.catalogue_versions), $4, $5 from u),
        c as (
          insert into registry.changes
            (registrant_id, sequence, operation, version, recorded_at, effective_on, actor_kind, actor, channel, epoch,
             fields, previous_hash, hash)
          select id, sequence, 'updated', version, now(), current_date, 'system', 'bench', 'bench', epoch, $6, $3, $3 from u)
        insert into registry.outbox (id, registrant_id, sequence, kind, operation, version, recorded_at, changed_fields)
        select gen_random_uuid(), id, sequence, kind, 'updated', version, now(), $4 from u
        """;

    // No writing CTE here: four statements, sent as one text.
    private const string EditSqlite = """
        begin immediate;
        update registry_registrants set "values" = json_set("values", '$.education_level', $p2),
          version = version + 1, sequence = sequence + 1, updated_at = unixepoch() * 1000000, chain_hash = $p3
          where id = $p1;
        insert into registry_versions
          (registrant_id, number, sequence, recorded_at, effective_on, epoch, catalogue_version, changed_fields,
           reverse_patch)
          select id, version, sequence, updated_at, date(), epoch,
            (select max(version) from registry_catalogue_versions), $p4, $p5 from registry_registrants where id = $p1;
        insert into registry_changes
          (registrant_id, sequence, operation, version, recorded_at, effective_on, actor_kind, actor, channel, epoch,
           fields, previous_hash, hash)
          select id, sequence, 'updated', version, updated_at, date(), 'system', 'bench', 'bench', epoch, $p6, $p3, $p3
          from registry_registrants where id = $p1;
        insert into registry_outbox (id, registrant_id, sequence, kind, operation, version, recorded_at, changed_fields)
          select upper(hex(randomblob(16))), id, sequence, kind, 'updated', version, updated_at, $p4
          from registry_registrants where id = $p1;
        commit;
        """;

    private const string DisclosePostgres = """
        insert into registry.disclosures
          (registrant_id, id, at, shown_to_kind, shown_to, channel, purpose, legal_ground, request_id, fields)
        values ($1, $2, now(), 'system', 'bench', 'bench', 'operation', null, null, $3)
        """;

    private const string DiscloseSqlite = """
        insert into registry_disclosures
          (registrant_id, id, at, shown_to_kind, shown_to, channel, purpose, legal_ground, request_id, fields)
        values ($p1, $p2, unixepoch() * 1000000, 'system', 'bench', 'bench', 'operation', null, null, $p3)
        """;

    public static string EditName(RawDatabase database) =>
        database.IsPostgres ? "one statement, one commit" : "four statements, one commit";

    public static async Task<Func<Guid, string, Task>> EditAsync(
        RawDatabase database,
        ICollection<IAsyncDisposable> open,
        CancellationToken cancellationToken
    )
    {
        var values = Edit(Guid.Empty, "1");
        var statement = await database.PrepareAsync(
            database.IsPostgres ? EditPostgres : EditSqlite,
            [.. values.Select((v, i) => database.Parameter(i + 1, v!))],
            cancellationToken
        );
        open.Add(statement);
        return (id, code) => statement.WriteAsync(Sent(database, Edit(id, code)), cancellationToken);
    }

    /// <param name="fields">JSON array of what was shown, as long as the product's.</param>
    public static async Task<Func<Guid, Task>> DiscloseAsync(
        RawDatabase database,
        string fields,
        ICollection<IAsyncDisposable> open,
        CancellationToken cancellationToken
    )
    {
        var statement = await database.PrepareAsync(
            database.IsPostgres ? DisclosePostgres : DiscloseSqlite,
            [database.Parameter(1, Guid.Empty), database.Parameter(2, Guid.Empty), database.Parameter(3, fields)],
            cancellationToken
        );
        open.Add(statement);
        return id => statement.WriteAsync(Sent(database, [id, Guid.CreateVersion7(), fields]), cancellationToken);
    }

    private static List<object?> Edit(Guid id, string code) =>
        [
            id,
            code,
            Hash,
            """["education_level"]""",
            """{"values":{"education_level":"1"}}""",
            $$"""{"education_level":{"old":"1","new":"{{code}}"} }""",
        ];

    private static List<object?> Sent(RawDatabase database, List<object?> values) =>
        database.IsPostgres ? values : [.. values.Select(v => database.Parameter(1, v!).Value)];
}
