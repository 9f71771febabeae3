using SocialRegistry.Contracts.Tests.Ports;

namespace SocialRegistry.Grpc.Tests.Ports;

// The suites that run in process against the module, once more over gRPC on both databases.

public sealed class AttestationsOverGrpcOnSqlite(SqliteOverGrpc ports)
    : AttestationsPortTests,
        IClassFixture<SqliteOverGrpc>
{
    protected override Task<IPorts> StartAsync() => ports.LendAsync();
}

public sealed class CatalogueChangesOverGrpcOnSqlite(SqliteOverGrpc ports)
    : CatalogueChangesPortTests,
        IClassFixture<SqliteOverGrpc>
{
    protected override Task<IPorts> StartAsync() => ports.LendAsync();
}

public sealed class FieldCatalogueOverGrpcOnSqlite(SqliteOverGrpc ports)
    : FieldCataloguePortTests,
        IClassFixture<SqliteOverGrpc>
{
    protected override Task<IPorts> StartAsync() => ports.LendAsync();
}

public sealed class GroupsOverGrpcOnSqlite(SqliteOverGrpc ports) : GroupsPortTests, IClassFixture<SqliteOverGrpc>
{
    protected override Task<IPorts> StartAsync() => ports.LendAsync();
}

public sealed class RegistrantsOverGrpcOnSqlite(SqliteOverGrpc ports)
    : RegistrantsPortTests,
        IClassFixture<SqliteOverGrpc>
{
    protected override Task<IPorts> StartAsync() => ports.LendAsync();
}

public sealed class VersionsOverGrpcOnSqlite(SqliteOverGrpc ports) : VersionsPortTests, IClassFixture<SqliteOverGrpc>
{
    protected override Task<IPorts> StartAsync() => ports.LendAsync();
}

public sealed class AttestationsOverGrpcOnPostgres(PostgresOverGrpc ports)
    : AttestationsPortTests,
        IClassFixture<PostgresOverGrpc>
{
    protected override Task<IPorts> StartAsync() => ports.LendAsync();
}

public sealed class CatalogueChangesOverGrpcOnPostgres(PostgresOverGrpc ports)
    : CatalogueChangesPortTests,
        IClassFixture<PostgresOverGrpc>
{
    protected override Task<IPorts> StartAsync() => ports.LendAsync();
}

public sealed class FieldCatalogueOverGrpcOnPostgres(PostgresOverGrpc ports)
    : FieldCataloguePortTests,
        IClassFixture<PostgresOverGrpc>
{
    protected override Task<IPorts> StartAsync() => ports.LendAsync();
}

public sealed class GroupsOverGrpcOnPostgres(PostgresOverGrpc ports) : GroupsPortTests, IClassFixture<PostgresOverGrpc>
{
    protected override Task<IPorts> StartAsync() => ports.LendAsync();
}

public sealed class RegistrantsOverGrpcOnPostgres(PostgresOverGrpc ports)
    : RegistrantsPortTests,
        IClassFixture<PostgresOverGrpc>
{
    protected override Task<IPorts> StartAsync() => ports.LendAsync();
}

public sealed class VersionsOverGrpcOnPostgres(PostgresOverGrpc ports)
    : VersionsPortTests,
        IClassFixture<PostgresOverGrpc>
{
    protected override Task<IPorts> StartAsync() => ports.LendAsync();
}

public sealed class AreasOverGrpcOnSqlite(SqliteOverGrpc ports) : AreasPortTests, IClassFixture<SqliteOverGrpc>
{
    protected override Task<IPorts> StartAsync() => ports.LendAsync();
}

public sealed class RelationshipsOverGrpcOnSqlite(SqliteOverGrpc ports)
    : RelationshipsPortTests,
        IClassFixture<SqliteOverGrpc>
{
    protected override Task<IPorts> StartAsync() => ports.LendAsync();
}

public sealed class AreasOverGrpcOnPostgres(PostgresOverGrpc ports) : AreasPortTests, IClassFixture<PostgresOverGrpc>
{
    protected override Task<IPorts> StartAsync() => ports.LendAsync();
}

public sealed class RelationshipsOverGrpcOnPostgres(PostgresOverGrpc ports)
    : RelationshipsPortTests,
        IClassFixture<PostgresOverGrpc>
{
    protected override Task<IPorts> StartAsync() => ports.LendAsync();
}

public sealed class RelationTypesOverGrpcOnSqlite(SqliteOverGrpc ports)
    : RelationTypesPortTests,
        IClassFixture<SqliteOverGrpc>
{
    protected override Task<IPorts> StartAsync() => ports.LendAsync();
}

public sealed class RelationTypesOverGrpcOnPostgres(PostgresOverGrpc ports)
    : RelationTypesPortTests,
        IClassFixture<PostgresOverGrpc>
{
    protected override Task<IPorts> StartAsync() => ports.LendAsync();
}

public sealed class IdentifierPoolOverGrpcOnSqlite(SqliteOverGrpc ports)
    : IdentifierPoolPortTests,
        IClassFixture<SqliteOverGrpc>
{
    protected override Task<IPorts> StartAsync() => ports.LendAsync();
}

public sealed class IdentifierPoolOverGrpcOnPostgres(PostgresOverGrpc ports)
    : IdentifierPoolPortTests,
        IClassFixture<PostgresOverGrpc>
{
    protected override Task<IPorts> StartAsync() => ports.LendAsync();
}

public sealed class DocumentsOverGrpcOnSqlite(SqliteOverGrpc ports) : DocumentsPortTests, IClassFixture<SqliteOverGrpc>
{
    protected override Task<IPorts> StartAsync() => ports.LendAsync();
}

public sealed class DocumentsOverGrpcOnPostgres(PostgresOverGrpc ports)
    : DocumentsPortTests,
        IClassFixture<PostgresOverGrpc>
{
    protected override Task<IPorts> StartAsync() => ports.LendAsync();
}

public sealed class ChangeLogOverGrpcOnSqlite(SqliteOverGrpc ports) : ChangeLogPortTests, IClassFixture<SqliteOverGrpc>
{
    protected override Task<IPorts> StartAsync() => ports.LendAsync();
}

public sealed class ChangeLogOverGrpcOnPostgres(PostgresOverGrpc ports)
    : ChangeLogPortTests,
        IClassFixture<PostgresOverGrpc>
{
    protected override Task<IPorts> StartAsync() => ports.LendAsync();
}

public sealed class NamedVersionsOverGrpcOnSqlite(SqliteOverGrpc ports)
    : NamedVersionsPortTests,
        IClassFixture<SqliteOverGrpc>
{
    protected override Task<IPorts> StartAsync() => ports.LendAsync();
}

public sealed class NamedVersionsOverGrpcOnPostgres(PostgresOverGrpc ports)
    : NamedVersionsPortTests,
        IClassFixture<PostgresOverGrpc>
{
    protected override Task<IPorts> StartAsync() => ports.LendAsync();
}

public sealed class ChangeRequestsOverGrpcOnSqlite(SqliteOverGrpc ports)
    : ChangeRequestsPortTests,
        IClassFixture<SqliteOverGrpc>
{
    protected override Task<IPorts> StartAsync() => ports.LendAsync();
}

public sealed class ChangeRequestsOverGrpcOnPostgres(PostgresOverGrpc ports)
    : ChangeRequestsPortTests,
        IClassFixture<PostgresOverGrpc>
{
    protected override Task<IPorts> StartAsync() => ports.LendAsync();
}

public sealed class ConsentsOverGrpcOnSqlite(SqliteOverGrpc ports) : ConsentsPortTests, IClassFixture<SqliteOverGrpc>
{
    protected override Task<IPorts> StartAsync() => ports.LendAsync();
}

public sealed class ConsentsOverGrpcOnPostgres(PostgresOverGrpc ports)
    : ConsentsPortTests,
        IClassFixture<PostgresOverGrpc>
{
    protected override Task<IPorts> StartAsync() => ports.LendAsync();
}

public sealed class PersonalDataOverGrpcOnSqlite(SqliteOverGrpc ports)
    : PersonalDataPortTests,
        IClassFixture<SqliteOverGrpc>
{
    protected override Task<IPorts> StartAsync() => ports.LendAsync();
}

public sealed class PersonalDataOverGrpcOnPostgres(PostgresOverGrpc ports)
    : PersonalDataPortTests,
        IClassFixture<PostgresOverGrpc>
{
    protected override Task<IPorts> StartAsync() => ports.LendAsync();
}

public sealed class ErasuresOverGrpcOnSqlite(SqliteOverGrpc ports) : ErasuresPortTests, IClassFixture<SqliteOverGrpc>
{
    protected override Task<IPorts> StartAsync() => ports.LendAsync();
}

public sealed class ErasuresOverGrpcOnPostgres(PostgresOverGrpc ports)
    : ErasuresPortTests,
        IClassFixture<PostgresOverGrpc>
{
    protected override Task<IPorts> StartAsync() => ports.LendAsync();
}

public sealed class BreakGlassOverGrpcOnSqlite(SqliteOverGrpc ports)
    : BreakGlassPortTests,
        IClassFixture<SqliteOverGrpc>
{
    protected override Task<IPorts> StartAsync() => ports.LendAsync();
}

public sealed class BreakGlassOverGrpcOnPostgres(PostgresOverGrpc ports)
    : BreakGlassPortTests,
        IClassFixture<PostgresOverGrpc>
{
    protected override Task<IPorts> StartAsync() => ports.LendAsync();
}

public sealed class AlertsOverGrpcOnSqlite(SqliteOverGrpc ports) : AlertsPortTests, IClassFixture<SqliteOverGrpc>
{
    protected override Task<IPorts> StartAsync() => ports.LendAsync();
}

public sealed class AlertsOverGrpcOnPostgres(PostgresOverGrpc ports) : AlertsPortTests, IClassFixture<PostgresOverGrpc>
{
    protected override Task<IPorts> StartAsync() => ports.LendAsync();
}
