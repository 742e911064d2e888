import traceback
u=env["res.users"].search([("login","=","zboss")])
P=env["community.company.policy"].with_user(u)
for n in ("_value","_people","_invitations","_waiting_posts","_form","_leaks"):
    try: print(n, getattr(P,n)())
    except Exception: traceback.print_exc()
