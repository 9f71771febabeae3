using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace SocialRegistry.Registry.Persistence.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class CatalogueGuard : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "catalogue_version",
                schema: "registry",
                table: "versions",
                type: "integer",
                nullable: false,
                defaultValue: 0
            );

            // Values that were checked against a catalogue which no longer stands are refused, also when another process published it
            // a moment ago. The lock is the shared side of PostgresRowLocks.LockCatalogueAsync.
            migrationBuilder.Sql(
                """
                create function registry.check_catalogue() returns trigger language plpgsql as $$
                declare
                    standing integer;
                begin
                    perform pg_advisory_xact_lock_shared(7321, 1);
                    select max(version) into standing from registry.catalogue_versions;
                    if exists (select 1 from fresh where catalogue_version is distinct from standing) then
                        raise exception using errcode = 'SR001', message = 'The field catalogue has changed meanwhile.';
                    end if;
                    return null;
                end
                $$;
                create trigger catalogue_guard after insert on registry.versions
                    referencing new table as fresh
                    for each statement execute function registry.check_catalogue();
                """
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(
                "drop trigger catalogue_guard on registry.versions; drop function registry.check_catalogue();"
            );
            migrationBuilder.DropColumn(name: "catalogue_version", schema: "registry", table: "versions");
        }
    }
}
