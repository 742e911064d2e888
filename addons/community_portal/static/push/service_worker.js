/** Shows the news that the server pushes, and opens what they are about. */

const HOME = "/my/community";

self.addEventListener("push", (event) => {
    const {title, options} = event.data.json();
    event.waitUntil(self.registration.showNotification(title, options));
});

self.addEventListener("notificationclick", (event) => {
    event.notification.close();
    event.waitUntil(open(event.notification.data?.url));
});

/**
 * @param {string} [path] page of the community; anything else leads home
 */
async function open(path) {
    const target = new URL(path?.startsWith(`${HOME}/`) ? path : HOME, location.origin);
    const pages = await self.clients.matchAll({type: "window"});
    const page = pages.find((client) => new URL(client.url).pathname.startsWith(HOME));
    if (page) {
        await page.navigate(target.href);
        return page.focus();
    }
    return self.clients.openWindow(target.href);
}
